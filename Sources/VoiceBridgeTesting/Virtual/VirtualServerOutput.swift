// SPDX-License-Identifier: Apache-2.0

/// What a server sends in virtual time.
public enum VirtualServerOutput: Sendable, Equatable {
    /// A text message, as bytes so that it may be anything.
    case text([UInt8])
    /// A binary message.
    case binary([UInt8])
    /// A close frame; the connection ends with it.
    case close(code: UInt16, reason: String)
    /// The end of the connection without a close frame.
    case disconnect

    /// A text message.
    public static func text(_ text: String) -> VirtualServerOutput { .text(Array(text.utf8)) }
}
