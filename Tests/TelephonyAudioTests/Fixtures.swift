// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio

/// The kept recordings at 8 kHz.
enum Fixtures {
    struct Missing: Error {
        var path: String
    }

    /// Every prompt's name.
    static let prompts = [
        "greeting-and-menu", "no-input", "bad-input", "say-it-back", "connecting", "goodbye", "apology", "operator",
    ]

    static func prompt(_ name: String) throws -> [Int16] { try samples("prompts/\(name)-8k.wav") }
    static func signal(_ name: String) throws -> [Int16] { try samples("signals/\(name)-8k.wav") }

    private static func samples(_ path: String, from file: String = #filePath) throws -> [Int16] {
        let root = file.split(separator: "/").dropLast(3).joined(separator: "/")
        return try WAVFile.parse(try bytes("/\(root)/audio-fixtures/\(path)")).samples
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = unsafe fopen(path, "r") else { throw Missing(path: path) }
        defer { unsafe fclose(file) }
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe part.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, file) }
            if count == 0 { return all }
            all += part.prefix(count)
        }
    }
}
