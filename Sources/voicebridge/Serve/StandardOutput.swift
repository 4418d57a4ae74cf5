// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Standard output without the C library's buffer, for readers that wait for a line.
enum StandardOutput {
    /// Writes one line at once; when nobody reads it any more, nothing happens.
    static func write(line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }
}
