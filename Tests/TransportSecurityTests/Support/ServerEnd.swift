// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import TransportSecurity

/// A server in memory alone, for peers made by hand.
struct ServerEnd {
    let channel: EmbeddedChannel
    let wire = Wire()
    let end = Recorder()

    init(_ context: TLSContext) throws {
        channel = EmbeddedChannel(handlers: [wire, try TLSHandler(server: context), end])
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
    }

    /// Gives it bytes.
    func receive(_ bytes: ByteBuffer) {
        guard channel.isActive else { return }
        channel.pipeline.fireChannelRead(bytes)
        channel.pipeline.fireChannelReadComplete()
    }

    /// All that it has sent since.
    func output() throws -> ByteBuffer {
        var all = ByteBuffer()
        while let piece = try channel.readOutbound(as: ByteBuffer.self) { all.writeImmutableBuffer(piece) }
        return all
    }

    /// Carries bytes to and fro until both are silent.
    func talk(with peer: RawPeer) throws {
        while true {
            _ = peer.handshake()
            let there = peer.output()
            if there.readableBytes > 0 { receive(there) }
            let back = try output()
            peer.input(back)
            if there.readableBytes == 0, back.readableBytes == 0 { return }
        }
    }
}
