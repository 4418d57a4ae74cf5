// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A folder of a test's own, gone with it.
package final class TemporaryFolder: Sendable {
    /// Where it is.
    package let path: String

    /// Makes one.
    package init() throws {
        path = FileManager.default.temporaryDirectory.path + "/voicebridge-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
