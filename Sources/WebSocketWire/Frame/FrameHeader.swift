// SPDX-License-Identifier: Apache-2.0

/// The header of one frame (RFC 6455 §5.2).
package struct FrameHeader: Sendable, Equatable {
    /// Whether this is the last frame of its message.
    package var isFinal: Bool
    /// RSV1: set on the first frame of a compressed message (RFC 7692 §6).
    package var isCompressed: Bool
    /// What the frame carries.
    package var opcode: Opcode
    /// The masking key, its first byte on the wire in the low bits; `nil` when the frame is not masked.
    package var maskingKey: UInt32?
    /// The length of the payload in bytes.
    package var payloadLength: Int
    /// The length of this header on the wire: 2 to 14 bytes.
    package var headerLength: Int

    /// The longest header: two bytes, a 64-bit length and a masking key.
    package static let maximumHeaderLength = 14
}
