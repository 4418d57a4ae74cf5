// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Foundation
import TestSupport
import Testing

/// The one-pass reading of audio messages against the general one and against Foundation.
@Suite struct MediaScannerTests {
    /// How many messages a comparison saw, and what it found.
    struct Findings {
        var accepted = 0
        var refused = 0
        var faults: [String] = []
    }

    /// Messages of a generator, every other one damaged besides.
    static func generated(_ count: Int, seed: UInt64) -> [[UInt8]] {
        var writer = MediaMessageWriter(seed: seed)
        return (0..<count).map { round in
            let text = Array(writer.message().utf8)
            return round.isMultiple(of: 2) ? text : JSONMutationTests.mutated(text, &writer.random)
        }
    }

    /// Every text that is committed for tests of JSON: corpora, goldens, and the seeds of the fuzzer, whole and by lines.
    static func committed() throws -> [[UInt8]] {
        let fuzz = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fuzz/Corpus")
        var texts = JSONCorpus.invalidBytes
        for text in JSONCorpus.valid + JSONCorpus.invalid + DialectMessages.all.flatMap(\.messages) {
            texts.append(Array(text.utf8))
        }
        for folder in ["json", "call", "text"] {
            let files = try FileManager.default.contentsOfDirectory(
                at: fuzz.appending(path: folder),
                includingPropertiesForKeys: nil
            )
            for file in files {
                let bytes = [UInt8](try Data(contentsOf: file))
                texts.append(bytes)
                texts += bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
            }
        }
        return texts
    }

    /// Holds what `scan` makes of each text against the general path and against Foundation.
    static func compare(_ texts: [[UInt8]], scan: ([UInt8]) -> ScannedMedia?) throws -> Findings {
        var findings = Findings()
        var general = try Dialect(name: .twilio)
        for text in texts {
            guard let scanned = scan(text) else {
                findings.refused += 1
                continue
            }
            findings.accepted += 1
            let isSame = ScannedMedia.read(text, by: &general) == scanned
            let fault = isSame ? scanned.faultByFoundation(text) : "another reading than the general one"
            if let fault { findings.faults.append("\(fault): \(String(decoding: text, as: UTF8.self))") }
        }
        return findings
    }

    @Test func whatIsTakenIsTakenByAllAlike() throws {
        let findings = try Self.compare(Self.generated(24_000, seed: 21), scan: ScannedMedia.scan)
        #expect(findings.faults.isEmpty, "\(findings.faults.count) faults, such as \(findings.faults.first ?? "")")
        #expect(findings.accepted > 4_000)
        #expect(findings.refused > 6_000)
    }

    @Test func whatIsCommittedIsReadByAllAlike() throws {
        let findings = try Self.compare(Self.committed(), scan: ScannedMedia.scan)
        #expect(findings.faults.isEmpty, "\(findings.faults)")
        #expect(findings.accepted > 10)
        #expect(findings.refused > 200)
    }

    @Test(arguments: ScannerFault.allCases)
    func aFaultIsSeen(fault: ScannerFault) throws {
        let findings = try Self.compare(Self.generated(2_000, seed: 22), scan: fault.scan)
        #expect(!findings.faults.isEmpty)
    }

    /// The same calls with and without the scanner: every event, fault and piece of audio.
    @Test(arguments: DialectMessages.calls.map(\.name))
    func aDialectReadsTheSameWithoutIt(name: DialectName) throws {
        let messages = try #require(DialectMessages.calls.first { $0.name == name }).messages.map { Array($0.utf8) }
        var with = try Dialect(name: name) { 7 }
        var without = try Dialect(name: name) { 7 }
        without.scansMedia = false
        var scanned = 0
        for text in messages + Self.generated(2_000, seed: 23) {
            if ScannedMedia.scan(text) != nil { scanned += 1 }
            let event = Result { () throws(DialectError) in try with.decode(text: text.span) }
            let expected = Result { () throws(DialectError) in try without.decode(text: text.span) }
            #expect(event == expected, "\(String(decoding: text, as: UTF8.self))")
            if case .success(.media) = event { #expect(with.media == without.media) }
        }
        #expect(with.scansMedia)
        #expect(scanned > 300)
        #expect(scanned < 1_500)
    }
}
