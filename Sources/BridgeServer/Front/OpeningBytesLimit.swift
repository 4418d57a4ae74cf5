// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Bounds what a peer may send before it is let in: the decoder behind it gathers the whole head of a request.
final class OpeningBytesLimit: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// The peer sent more.
    struct Exceeded: Error {}

    /// The most bytes of a head and a body, the head's share being 32 KiB.
    static let maximumBytes = 32_768 + FrontHandler.maximumBodyBytes

    private var count = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard count <= Self.maximumBytes else { return }
        let bytes = unwrapInboundIn(data).readableBytes
        count += bytes
        // One read brings less than the limit: what follows a handshake in its packet is no reason to refuse.
        guard count <= Self.maximumBytes || count == bytes else {
            context.fireErrorCaught(Exceeded())
            return
        }
        context.fireChannelRead(data)
    }
}
