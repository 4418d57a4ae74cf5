// SPDX-License-Identifier: Apache-2.0
package import NIOCore

/// One side of a WebSocket after the upgrade: bytes in, events out; messages in, bytes out.
///
/// It does no I/O, keeps no time and starts no task. The edge
/// 1. hands in what it reads with `receive(_:)`, asks `next(at:)` until it answers `nil`, and after that writes
///    `takeOutbound()` if there is any;
/// 2. sends with `send(text:into:)` or, at a known length, with ``writeServerFrameHeader(_:payloadLength:into:)``;
/// 3. calls `handle(timeAt:)` when `nextDeadline` has come, and `pingDidLeave(at:)` when a ping was really written;
/// 4. closes the transport when `isClosed`, after the outbound bytes are written, and calls `transportClosed()` when
///    it ends by itself.
package struct WebSocketConnection: ~Copyable {
    var reader: MessageReader
    var writer: FrameWriter
    var liveness: LivenessClock?
    var closing: CloseMachine
    /// There when compression was agreed on.
    var deflater: MessageDeflater?
    let minimumCompressedBytes: Int
    /// Pongs, pings and close frames that the edge has not fetched yet.
    var outbound = ByteBuffer()
    /// Whether bytes came in since the clock was last told.
    var hasHeard = false

    /// Starts a connection at the end of its opening handshake.
    ///
    /// - Parameters:
    ///   - configuration: Role, limits, times and what the handshake agreed on.
    ///   - now: The time of the upgrade.
    package init(configuration: WebSocketConfiguration, now: NIODeadline) {
        reader = MessageReader(
            role: configuration.role,
            limits: configuration.limits,
            compression: configuration.compression
        )
        if let compression = configuration.compression {
            let isServer = configuration.role == .server
            deflater = MessageDeflater(
                windowBits: isServer ? compression.serverMaxWindowBits : compression.clientMaxWindowBits,
                keepsContext:
                    !(isServer
                    ? compression.serverNoContextTakeover : compression.clientNoContextTakeover)
            )
        }
        minimumCompressedBytes = configuration.minimumCompressedBytes
        writer = FrameWriter(role: configuration.role, maskingKeys: configuration.maskingKeys)
        closing = CloseMachine(role: configuration.role, timeout: configuration.closeTimeout)
        liveness = configuration.pingInterval.map { interval in
            LivenessClock(interval: interval, timeout: configuration.livenessTimeout, now: now)
        }
    }

    /// Whether messages may be sent.
    package var isOpen: Bool { closing.maySend }

    /// Whether all is said: write what is outbound and close the transport.
    package var isClosed: Bool { closing.state == .closed }

    /// How the connection ended, from the first close frame on.
    package var closeStatus: CloseStatus? { closing.status }

    /// Whether there are bytes to write.
    package var hasOutbound: Bool { outbound.readableBytes > 0 }

    /// The memory that the buffers hold now, in bytes; zlib's windows not counted.
    package var heldBytes: Int {
        reader.inbound.storageCapacity + reader.assembled.storageCapacity + outbound.storageCapacity
    }

    /// The control frames to write now, in order; empty when there are none.
    package mutating func takeOutbound() -> ByteBuffer {
        guard hasOutbound else { return ByteBuffer() }
        let taken = outbound
        outbound = ByteBuffer()
        return taken
    }
}
