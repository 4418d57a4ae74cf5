// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import TelephonyAudio

/// Turns a sealed recording back into the file that it would have been without a key.
package struct RecordingOpener {
    /// What a file held.
    package struct Finding: Sendable, Equatable {
        /// Seconds of audio.
        package var seconds: Double
        /// Whether it has its end: a recording whose server died has none.
        package var isWhole: Bool
    }

    private let key: [UInt8]

    /// An opener with a key of 64 hexadecimal digits.
    ///
    /// - Throws: ``CallRecordsError`` when it is none.
    package init(key: String) throws(CallRecordsError) {
        guard let bytes = SealedRecording.key(key) else {
            throw CallRecordsError("the key is no key of 256 bits; give the 64 hexadecimal digits of the configuration")
        }
        self.key = bytes
    }

    /// Reads a sealed recording and writes it as a file that only this user may read: WAV or Ogg Opus, as it was recorded.
    ///
    /// - Throws: ``CallRecordsError`` when it is none, the key is another, something in it was changed, or a file of that name
    ///   is there already.
    package func open(_ path: String, to output: String) throws -> Finding {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CallRecordsError("\(path): cannot be read; check the path, and who may read it")
        }
        let head = try Self.read(SealedRecording.headBytes, from: file)
        guard head.count == SealedRecording.headBytes, head.starts(with: SealedRecording.magic),
            let content = SealedRecording.Content(rawValue: head[7]),
            let rate = SampleRate(rawValue: Int(SealedRecording.number(head[8..<12])))
        else { throw CallRecordsError("\(path): is no sealed recording") }
        var sealed = try SealedRecording(key: key, head: head)
        var target: RecordingFile?
        var pages = OggPages()
        var isWhole = false
        while !isWhole {
            let length = try Self.read(4, from: file)
            guard length.count == 4 else { break }
            let number = SealedRecording.number(length[...])
            let count = Int(number & ~SealedRecording.last) + AuthenticatedCipher.tagBytes
            guard count <= SealedRecording.chunkBytes + AuthenticatedCipher.tagBytes else {
                throw CallRecordsError("\(path): was changed, or is damaged")
            }
            let chunk = try Self.read(count, from: file)
            // The last one before a crash.
            guard chunk.count == count else { break }
            guard let samples = try sealed.open(chunk, length: length) else {
                throw CallRecordsError("\(path): was sealed with another key, or was changed")
            }
            guard content == .samples || pages.take(samples) else {
                throw CallRecordsError("\(path): holds no whole Ogg pages; was it written by another version?")
            }
            if target == nil {
                let encoder = content == .opus ? CopiedStream() : nil
                target = try RecordingFile.create(path: output, rate: rate, encoder: encoder, key: nil)
            }
            if !samples.isEmpty { try target?.append(samples) }
            isWhole = number & SealedRecording.last != 0
        }
        guard let bytes = target?.dataBytes else { throw CallRecordsError("\(path): holds no audio") }
        let seconds = content == .opus ? pages.seconds : Double(bytes) / Double(4 * rate.rawValue)
        return Finding(seconds: seconds, isWhole: isWhole)
    }

    private static func read(_ count: Int, from file: FileHandle) throws -> [UInt8] {
        Array(try file.read(upToCount: count) ?? Data())
    }
}
