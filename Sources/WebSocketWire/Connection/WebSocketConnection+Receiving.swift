// SPDX-License-Identifier: Apache-2.0
package import NIOCore

extension WebSocketConnection {
    /// Takes bytes the transport delivered, by copy.
    ///
    /// The payload of the last event is gone.
    package mutating func receive(_ bytes: Span<UInt8>) {
        guard closing.mayReceive, bytes.count > 0 else { return }
        hasHeard = true
        reader.receive(bytes)
    }

    /// Takes the readable bytes of `buffer`, by copy.
    ///
    /// The payload of the last event is gone.
    package mutating func receive(_ buffer: ByteBuffer) {
        receive(buffer.readableBytesUInt8Span)
    }

    /// The next event, or `nil` when more bytes are needed.
    ///
    /// The payload of the last event is gone.
    ///
    /// - Parameter now: The time the bytes were received.
    /// - Returns: The event; its payload is lent by ``withMessage(_:)``.
    /// - Throws: `WebSocketError`, once: the connection is closed, its close frame is in the outbound bytes.
    package mutating func next(at now: NIODeadline) throws(WebSocketError) -> WebSocketEvent? {
        if hasHeard {
            hasHeard = false
            liveness?.heard(at: now)
        }
        guard closing.mayReceive else {
            reader.discardAll()
            return nil
        }
        do {
            switch try reader.next() {
            case nil:
                return nil
            case .text:
                return .text
            case .binary:
                return .binary
            case .ping:
                if closing.maySend { Self.pong(from: reader, writer: &writer, into: &outbound) }
                return .ping
            case .pong:
                return .pong
            case .close:
                return .close(try receiveClose(now: now))
            }
        } catch {
            fail(error)
            throw error
        }
    }

    /// Lends the payload of the event returned last: a message, or the payload of a ping, pong or close.
    ///
    /// Inside `body` the connection is borrowed: it cannot be sent on. Write a reply of known length behind
    /// ``writeServerFrameHeader(_:payloadLength:into:)``, or use ``takeMessage()``.
    package func withMessage<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try reader.withPayload(body)
    }

    /// Moves the payload of the event returned last out of the connection; costs an allocation, not always a copy.
    package mutating func takeMessage() -> ByteBuffer {
        reader.takePayload()
    }

    private static func pong(
        from reader: borrowing MessageReader,
        writer: inout FrameWriter,
        into outbound: inout ByteBuffer
    ) {
        reader.withPayload { payload in
            writer.write(.pong, payload, into: &outbound)
        }
    }

    private mutating func receiveClose(now: NIODeadline) throws(WebSocketError) -> CloseCode {
        let payload = try reader.withPayload { bytes throws(WebSocketError) in try ClosePayload(parsing: bytes) }
        if closing.receiveClose(payload.code, reason: payload.reason, now: now) {
            // The echo carries the code, not the words (RFC 6455 §5.5.1: "typically echos the status code").
            writer.write(ClosePayload(echoing: payload.code), into: &outbound)
        }
        return payload.code
    }

    private mutating func fail(_ error: WebSocketError) {
        if closing.fail(error.closeCode, reason: error.shortDescription) {
            writer.write(ClosePayload(code: error.closeCode, reason: error.shortDescription), into: &outbound)
        }
        reader.discardAll()
    }
}
