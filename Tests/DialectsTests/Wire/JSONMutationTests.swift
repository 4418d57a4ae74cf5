// SPDX-License-Identifier: Apache-2.0

import Dialects
import TestSupport
import Testing

/// Broken and half-broken JSON, the same in every run, held against Foundation in both directions.
@Suite struct JSONMutationTests {
    static let seeds =
        JSONCorpus.valid + [
            #"{"event":"media","sequence_number":2,"stream_sid":"1.4","media":{"chunk":1,"timestamp":"20","payload":"AAAA"}}"#,
            #"{"event":"start","start":{"media_format":{"encoding":"raw\/slin","sample_rate":8e3},"custom":[1,-2.5,true]}}"#,
        ]

    static func mutated(_ text: [UInt8], _ random: inout RandomNumbers) -> [UInt8] {
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "0", "1", "-", ".", "e", " ", "null", "\\u00e9", "é", "\n",
        ]
        var text = text
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...text.count, using: &random)
            let piece = Array(pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: text.insert(contentsOf: piece, at: place)
            case 1 where place < text.count: text.remove(at: place)
            case 2 where place < text.count: text[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 3 where place < text.count: text.replaceSubrange(place...place, with: piece)
            default:
                let other = Int.random(in: 0...text.count, using: &random)
                text.insert(contentsOf: text[min(place, other)..<max(place, other)], at: place)
            }
        }
        return text
    }

    @Test func bothReadersAgree() throws {
        var random = RandomNumbers(seed: 3)
        var accepted = 0
        for round in 0..<12_000 {
            let seed = Array(Self.seeds[round % Self.seeds.count].utf8)
            let text = Self.mutated(seed, &random)
            let theirs = FoundationJSON.parse(text)
            do {
                let ours = try JSONDocument.parse(text)
                accepted += 1
                if let theirs {
                    #expect(FoundationJSON.isSame(ours, theirs), "\(text) \(ours)")
                } else {
                    #expect(FoundationJSON.overflows(ours), "only we take \(String(decoding: text, as: UTF8.self))")
                }
            } catch {
                let isKnown = Self.isKnownLeniency(error, text)
                #expect(theirs == nil || isKnown, "only Foundation takes \(text): \(error)")
            }
        }
        #expect(accepted > 1_500)
    }

    /// What Foundation takes and RFC 8259 does not (a comma before `]`, a byte order mark, UTF-16 and UTF-32), and what
    /// we limit (depth).
    static func isKnownLeniency(_ error: JSONSyntaxError, _ text: [UInt8]) -> Bool {
        let isTrailingComma =
            error.offset < text.count && text[error.offset] == UInt8(ascii: "]")
            && text[..<error.offset].last { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: ",")
        return isTrailingComma || error.description.hasPrefix("nested deeper") || text.prefix(4).contains(0)
            || text.starts(with: [0xEF, 0xBB, 0xBF])
    }
}
