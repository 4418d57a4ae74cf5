// SPDX-License-Identifier: Apache-2.0

/// A request that a platform would refuse or misread, found before it is sent.
package struct PlatformRequestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The platform's name of the field.
    package let field: String
    /// What to do about it.
    package let advice: String

    init(_ field: String, _ advice: String) {
        self.field = field
        self.advice = advice
    }

    /// `wss_url: begin with wss://`; the value is not told.
    package var description: String { "\(field): \(advice)" }
}
