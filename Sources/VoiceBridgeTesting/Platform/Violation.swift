// SPDX-License-Identifier: Apache-2.0

/// A message, or its moment, that the wire document does not allow the server.
public struct Violation: Sendable, Equatable, CustomStringConvertible {
    /// The rule that was broken.
    public enum Rule: String, Sendable {
        /// Not one compact JSON object.
        case notCompactJSON = "not-compact-json"
        /// A message that the wire does not have.
        case unknownMessage = "unknown-message"
        /// A key too many, too few, or out of its order.
        case keys
        /// A number that does not follow the one before.
        case sequence
        /// A value of the wrong kind, or outside its range.
        case value
        /// Audio that is not base64 by the letter.
        case base64
        /// Audio of a size that the platform does not take in one message.
        case frameSize = "frame-size"
        /// Audio that begins with a WAV header.
        case wavHeader = "wav-header"
        /// A message before `start`.
        case beforeStart = "before-start"
        /// A message after a transfer.
        case afterTransfer = "after-transfer"
        /// A message after a hang-up.
        case afterHangUp = "after-hangup"
        /// A message after `stop` that cannot have been under way.
        case afterStop = "after-stop"
        /// More unplayed audio than the platform's buffer holds.
        case bufferOverrun = "buffer-overrun"
        /// A close code that the wire document does not give for this end.
        case closeCode = "close-code"
        /// The server closed without answering the platform's last message, where it has to.
        case noFarewell = "no-farewell"
        /// The server closed where the platform does that itself.
        case closedFirst = "closed-first"
        /// More messages in a second than the platform takes.
        case messageRate = "message-rate"
        /// The transport ended without a close frame.
        case noCloseFrame = "no-close-frame"
        /// A break of RFC 6455.
        case webSocket = "websocket"
        /// The server did not close where it must.
        case notClosed = "not-closed"
    }

    /// The rule that was broken.
    public let rule: Rule
    /// What was seen, in words.
    public let detail: String
    /// When, counted from the end of the opening handshake.
    public let time: Duration

    /// `base64: 'A' is not a multiple of 4 characters`.
    public var description: String { "\(rule.rawValue): \(detail)" }
}
