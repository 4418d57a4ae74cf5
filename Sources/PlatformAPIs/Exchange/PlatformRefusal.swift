// SPDX-License-Identifier: Apache-2.0

internal import CallModel

/// A platform's no, in its own code and words.
package struct PlatformRefusal: Sendable, Equatable {
    /// The status of the answer.
    package let status: Int
    /// The platform's own code, at most 64 bytes.
    package let code: String?
    /// The platform's own words, at most 256 bytes.
    package let message: String?

    /// A refusal; long texts are cut.
    package init(status: Int, code: String? = nil, message: String? = nil) {
        self.status = status
        self.code = code?.prefixed(toBytes: 64)
        self.message = message?.prefixed(toBytes: 256)
    }
}

extension PlatformRefusal: CustomStringConvertible {
    /// `401 (code 20003): Authenticate`.
    package var description: String {
        "\(status)" + (code.map { " (code \($0))" } ?? "") + (message.map { ": \($0)" } ?? "")
    }
}
