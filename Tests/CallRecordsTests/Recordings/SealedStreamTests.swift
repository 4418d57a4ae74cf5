// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Foundation
import TelephonyAudio
import TestSupport
import Testing

@testable import CallRecords

/// Sealed recordings that hold what an encoder made.
@Suite struct SealedStreamTests {
    private static let key = String(repeating: "0123456789abcdef", count: 4)

    /// A page of RFC 3533 with one packet, without its checksum.
    private static func page(_ packet: [UInt8], endingAt position: UInt64) -> [UInt8] {
        let granule = (0..<8).map { UInt8(truncatingIfNeeded: position >> (8 * $0)) }
        let lacing = [UInt8](repeating: 255, count: packet.count / 255) + [UInt8(packet.count % 255)]
        let head = Array("OggS".utf8) + [0, 0] + granule + [UInt8](repeating: 7, count: 12)
        return head + [UInt8(lacing.count)] + lacing + packet
    }

    /// The head of a stream that begins 312 samples early.
    private static let head = page(Array("OpusHead".utf8) + [1, 2, 0x38, 1, 0x40, 0x1F, 0, 0, 0, 0, 0], endingAt: 0)

    @Test(arguments: [true, false])
    func `Ogg pages come out as they went in, with their length`(isFinished: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.opus.sealed"
        let key = SealedRecording.key(Self.key)
        var file = try RecordingFile.create(path: path, rate: .hz8000, encoder: CopiedStream(), key: key)
        let pieces = [
            Self.head + Self.page([1, 2, 3], endingAt: 12_312), Self.page([4], endingAt: .max),
            Self.page([UInt8](repeating: 5, count: 700), endingAt: 24_312),
        ]
        for piece in pieces { try file.append(piece) }
        if isFinished { try file.finish() }
        let output = folder.path + "/a.opus"
        let finding = try RecordingOpener(key: Self.key).open(path, to: output)
        #expect(finding == RecordingOpener.Finding(seconds: 0.5, isWhole: isFinished))
        #expect(try Data(contentsOf: URL(fileURLWithPath: output)) == Data(pieces.joined()))
    }

    @Test func `What a sealed file holds cannot be changed`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.opus.sealed"
        let key = SealedRecording.key(Self.key)
        var file = try RecordingFile.create(path: path, rate: .hz8000, encoder: CopiedStream(), key: key)
        try file.append(Self.head)
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(data[7] == 1)
        data[7] = 0
        try data.write(to: URL(fileURLWithPath: path))
        #expect(throws: CallRecordsError.self) {
            _ = try RecordingOpener(key: Self.key).open(path, to: folder.path + "/a.wav")
        }
    }

    @Test(arguments: [
        [], Array("OggX".utf8) + [UInt8](repeating: 0, count: 30), Array(head.dropLast()), Array(head.prefix(20)),
        Array(head.prefix(27)),
    ])
    func `What is no whole page is told`(bytes: [UInt8]) {
        var pages = OggPages()
        #expect(pages.take(bytes) == bytes.isEmpty)
        #expect(pages.take(Self.head) && pages.seconds == 0)
    }

    @Test func `Names say what is in the files, and all of them are kept`() {
        #expect(RecordingName.suffixes.sorted() == [".opus", ".opus.sealed", ".wav", ".wav.sealed"])
        let name = RecordingName.make(for: CallID("a"), at: 0, format: .opus, isSealed: true)
        #expect(name.hasPrefix("1970-01-01/19700101T000000.000Z-a-") && name.hasSuffix(".opus.sealed"))
    }

    #if !Opus
    @Test func `A build without the trait refuses Opus, and says what is missing`() throws {
        let folder = try TemporaryFolder()
        var settings = RecordingConfiguration()
        settings.format = .opus
        let error = #expect(throws: CallRecordsError.self) {
            _ = try Recordings(folder: folder.path, settings: settings, calls: 1, logger: KeptLog().logger)
        }
        #expect(error?.description.contains("--traits Opus") == true)
        #expect(throws: CallRecordsError.self) { _ = try RecordingFormat.opus.makeEncoder(rate: .hz8000) }
    }
    #endif
}
