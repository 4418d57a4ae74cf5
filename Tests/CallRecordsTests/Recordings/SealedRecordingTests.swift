// SPDX-License-Identifier: Apache-2.0
import Digests
import Foundation
import TelephonyAudio
import TestSupport
import Testing

@testable import CallRecords

/// Recordings that nobody reads without their key.
@Suite struct SealedRecordingTests {
    private static let key = String(repeating: "0123456789abcdef", count: 4)

    /// A file of three appends; its path.
    private static func write(_ folder: TemporaryFolder, isFinished: Bool = true) throws -> String {
        let path = folder.path + "/a.wav.sealed"
        var file = try RecordingFile.create(path: path, rate: .hz8000, key: SealedRecording.key(key))
        for value in 1...3 { try file.append([UInt8](repeating: UInt8(value), count: 3_200)) }
        if isFinished { try file.finish() }
        return path
    }

    @Test func `AES-256-GCM is that of the standard`() throws {
        // Test case 14 of the GCM specification (McGrew and Viega): a zero key, a zero nonce, a zero block.
        let cipher = try AuthenticatedCipher(key: [UInt8](repeating: 0, count: 32))
        let nonce = [UInt8](repeating: 0, count: 12)
        let sealed = try cipher.seal([UInt8](repeating: 0, count: 16), nonce: nonce, context: [])
        let expected = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
        #expect(sealed.map { String(format: "%02x", $0) }.joined() == expected)
        #expect(try cipher.open(sealed, nonce: nonce, context: []) == [UInt8](repeating: 0, count: 16))
        #expect(try cipher.open(sealed, nonce: nonce, context: [1]) == nil)
    }

    @Test(arguments: [true, false])
    func `What was sealed opens again, and says whether it has its end`(isFinished: Bool) throws {
        let folder = try TemporaryFolder()
        let path = try Self.write(folder, isFinished: isFinished)
        let output = folder.path + "/out.wav"
        let finding = try RecordingOpener(key: Self.key).open(path, to: output)
        #expect(finding == RecordingOpener.Finding(seconds: 0.3, isWhole: isFinished))
        let data = try Data(contentsOf: URL(fileURLWithPath: output))
        #expect(data.count == 44 + 9_600 && data[44] == 1 && data[data.count - 1] == 3)
        // No plain sample is in the sealed file.
        let sealed = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(sealed.range(of: Data(repeating: 1, count: 16)) == nil)
    }

    @Test func `A changed byte, another key and chunks in another order are refused`() throws {
        let folder = try TemporaryFolder()
        let path = try Self.write(folder)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let chunk = 4 + 3_200 + 16
        var swapped = whole
        swapped.replaceSubrange(48..<48 + chunk, with: whole[48 + chunk..<48 + 2 * chunk])
        swapped.replaceSubrange(48 + chunk..<48 + 2 * chunk, with: whole[48..<48 + chunk])
        var changed: [Data] = [swapped]
        for place in [20, 50, 60, 48 + chunk - 1] {
            var one = whole
            one[place] ^= 1
            changed.append(one)
        }
        for (number, data) in changed.enumerated() {
            let file = "\(folder.path)/\(number).wav.sealed"
            try data.write(to: URL(fileURLWithPath: file))
            #expect(throws: (any Error).self, "change \(number)") {
                _ = try RecordingOpener(key: Self.key).open(file, to: "\(folder.path)/\(number).wav")
            }
        }
        let other = String(Self.key.reversed())
        let error = #expect(throws: CallRecordsError.self) {
            _ = try RecordingOpener(key: other).open(path, to: folder.path + "/b.wav")
        }
        #expect(error?.description.contains("another key") == true)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/b.wav"))
    }
}
