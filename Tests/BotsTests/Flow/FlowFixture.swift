// SPDX-License-Identifier: Apache-2.0

import Bots
import ConfigurationReading
import Foundation
import VoiceBridge

/// Flows for tests, whose only file is a beep.
enum FlowFixture {
    struct Absent: Error, CustomStringConvertible { let description = "no such file" }

    static let beep = AudioChunk.tone(frequency: 600, duration: .milliseconds(100)).wav

    /// A flow of a text.
    static func load(
        _ yaml: String,
        _ surroundings: FlowSurroundings = FlowSurroundings(),
        environment: [String: String] = ["KEY": "s3cret"]
    ) throws(ConfigurationError) -> LoadedFlow {
        try Flow.load(yaml: yaml, file: "test.yaml", environment: environment, surroundings: surroundings) { name in
            switch name {
            case "beep.wav": return beep
            case "text.wav": return Array("no sound".utf8)
            default: throw Absent()
            }
        }
    }

    /// The faults of a text, as lines.
    static func faults(_ yaml: String, _ surroundings: FlowSurroundings = FlowSurroundings()) -> [String] {
        do {
            _ = try load(yaml, surroundings)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    /// A folder of its own for one test, gone with it.
    final class Folder {
        let path: String

        init() throws {
            path = NSTemporaryDirectory() + "/flow-\(UInt64.random(in: 0...UInt64.max))"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        /// Writes a file, and gives its path.
        func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
            return "\(path)/\(name)"
        }

        /// The names of its files.
        var names: [String] {
            get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
        }
    }
}
