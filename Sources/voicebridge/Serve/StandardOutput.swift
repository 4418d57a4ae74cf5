// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Standard output without the C library's buffer, for readers that wait for a line.
enum StandardOutput {
    /// Writes what a command is for.
    ///
    /// - Throws: `cannotWrite`, since without it the command did nothing.
    static func write(result text: String) throws(AudioCommandError) {
        let sink = try ByteSink(path: "-")
        let bytes = Array(text.utf8)
        try sink.write(bytes, count: bytes.count)
        try sink.close()
    }

    /// Writes one line at once; when nobody reads it any more, nothing happens.
    static func write(line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }
}
