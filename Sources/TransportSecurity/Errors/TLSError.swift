// SPDX-License-Identifier: Apache-2.0

/// What went wrong in TLS: a fault of the settings found at start, of the peer, or of the transport.
///
/// `code` is for programs and metrics (a small, fixed set), `message` for people: it says what is wrong, where, and
/// what to do. The message holds at most ``maximumMessageLength`` characters and never key material.
package struct TLSError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The longest message in characters; OpenSSL's texts beyond it are cut.
    package static let maximumMessageLength = 400

    /// The kind of fault.
    package let code: Code

    /// One line for people.
    package let message: String

    /// Makes an error; the message is cut to ``maximumMessageLength`` and kept to one line.
    package init(_ code: Code, _ message: String) {
        self.code = code
        let line = message.prefix(Self.maximumMessageLength).map { $0.isNewline ? " " : $0 }
        self.message = String(line)
    }

    /// The code's name: bounded, for a metric's label.
    package var shortDescription: String { code.description }

    /// The message with the code's name before it.
    package var description: String { "TLS \(code): \(message)" }
}
