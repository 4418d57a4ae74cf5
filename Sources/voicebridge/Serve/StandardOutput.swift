// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Standard output without the C library's buffer, for readers that wait for a line.
enum StandardOutput {
    /// Writes one line at once.
    static func write(line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
