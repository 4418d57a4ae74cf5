// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Standard error, for lines to the operator.
enum StandardError {
    /// Writes one line at once; when nobody reads it any more, nothing happens.
    static func write(line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
