// SPDX-License-Identifier: Apache-2.0

/// Why events cannot be kept, read or sent.
package struct WebhookError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    package let description: String

    init(_ description: String) { self.description = description }
}
