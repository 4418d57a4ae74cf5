// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Writes whole frames for one role.
struct FrameWriter: Sendable {
    /// The keys of a client; `nil` for a server, which sends its payloads as they are.
    private var maskingKeys: MaskingKeys?

    init(role: WebSocketRole, maskingKeys: MaskingKeys) {
        self.maskingKeys = role == .client ? maskingKeys : nil
    }

    /// Appends one final frame with a copy of `payload`.
    mutating func write(
        _ opcode: Opcode,
        _ payload: Span<UInt8>,
        isCompressed: Bool = false,
        into buffer: inout ByteBuffer
    ) {
        let key = maskingKeys?.next()
        FrameHeader(opcode: opcode, payloadLength: payload.count, isCompressed: isCompressed, maskingKey: key)
            .write(into: &buffer)
        let start = buffer.readableBytes
        buffer.append(payload)
        if let key, payload.count > 0 {
            var bytes = buffer.mutableReadableBytesSpan
            Masking.apply(to: &bytes, range: start..<start + payload.count, key: key, phase: 0)
        }
    }

    /// Appends a close frame.
    mutating func write(_ close: ClosePayload, into buffer: inout ByteBuffer) {
        var payload = ByteBuffer()
        close.write(into: &payload)
        write(.close, payload.readableBytesUInt8Span, into: &buffer)
    }
}
