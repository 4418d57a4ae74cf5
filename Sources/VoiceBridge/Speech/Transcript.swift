// SPDX-License-Identifier: Apache-2.0

/// What a caller said, as text.
public struct Transcript: Sendable, Equatable, ExpressibleByStringLiteral {
    /// The words; empty when nothing was understood.
    public var text: String

    /// A transcript.
    public init(_ text: String) { self.text = text }

    /// A transcript.
    public init(stringLiteral text: String) { self.text = text }

    /// Whether nothing was understood.
    public var isEmpty: Bool { text.allSatisfy(\.isWhitespace) }
}
