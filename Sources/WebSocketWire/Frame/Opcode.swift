// SPDX-License-Identifier: Apache-2.0

/// What a frame carries (RFC 6455 §5.2); the raw value is the low four bits of its first byte.
package enum Opcode: UInt8, Sendable, CaseIterable {
    /// A further frame of the message that is under way.
    case continuation = 0x0
    /// The first frame of a text message (UTF-8).
    case text = 0x1
    /// The first frame of a binary message.
    case binary = 0x2
    /// The closing handshake.
    case close = 0x8
    /// Asks for a pong with the same payload.
    case ping = 0x9
    /// Answers a ping, or is a one-way heartbeat.
    case pong = 0xA

    /// Whether frames of this kind may stand between those of a message: short and never fragmented (§5.5).
    package var isControl: Bool { rawValue & 0x8 != 0 }
}
