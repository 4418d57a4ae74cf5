// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import TransportSecurity

/// How the bytes of one side reach the other.
enum Delivery: CaseIterable {
    case whole, byteByByte, coalesced
}

/// A client and a server in memory with a wire between them.
final class TLSPair {
    let server: EmbeddedChannel
    let client: EmbeddedChannel
    let serverWire = Wire()
    let clientWire = Wire()
    let serverEnd = Recorder()
    let clientEnd = Recorder()
    let delivery: Delivery

    init(
        server: TLSContext,
        client: TLSContext,
        host: String = "localhost",
        session: TLSClientSession? = nil,
        delivery: Delivery = .whole
    ) throws {
        self.delivery = delivery
        let serverTLS = try TLSHandler(server: server)
        let clientTLS = try TLSHandler(client: client, serverName: host, session: session)
        self.server = EmbeddedChannel(handlers: [serverWire, serverTLS, serverEnd])
        self.client = EmbeddedChannel(handlers: [clientWire, clientTLS, clientEnd])
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
        self.server.connect(to: address, promise: nil)
        self.client.connect(to: address, promise: nil)
    }

    /// Carries bytes until neither side has any left; a side that closed hears no more.
    func pump() throws {
        var isMoving = true
        while isMoving {
            let there = try carry(from: client, to: server)
            let back = try carry(from: server, to: client)
            isMoving = there || back
        }
    }

    /// Carries what one side has sent; whether there was some.
    @discardableResult
    func carry(from source: EmbeddedChannel, to target: EmbeddedChannel) throws -> Bool {
        var all = ByteBuffer()
        var pieces: [ByteBuffer] = []
        while let piece = try source.readOutbound(as: ByteBuffer.self) {
            pieces.append(piece)
            all.writeImmutableBuffer(piece)
        }
        guard all.readableBytes > 0 else { return false }
        switch delivery {
        case .whole: for piece in pieces { feed(piece, to: target) }
        case .coalesced: feed(all, to: target)
        case .byteByByte: while let byte = all.readSlice(length: 1) { feed(byte, to: target) }
        }
        return true
    }

    /// The wire is cut without a word.
    func end(_ channel: EmbeddedChannel) {
        channel.close(promise: nil)
    }

    func feed(_ bytes: ByteBuffer, to channel: EmbeddedChannel) {
        guard channel.isActive else { return }
        channel.pipeline.fireChannelRead(bytes)
        channel.pipeline.fireChannelReadComplete()
    }

    /// Writes, flushes, and carries it all over.
    func send(_ text: String, from channel: EmbeddedChannel) throws {
        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        try pump()
    }
}
