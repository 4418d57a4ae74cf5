// SPDX-License-Identifier: Apache-2.0
import NIOCore

/// The outermost handler: what a socket does and a channel in memory does not.
final class Wire: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    /// Our half of the transport was ended.
    var isOutputClosed = false
    /// How often was asked for bytes.
    var reads = 0

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .output {
            isOutputClosed = true
            promise?.succeed()
        } else {
            context.close(mode: mode, promise: promise)
        }
    }

    func read(context: ChannelHandlerContext) {
        reads += 1
        context.read()
    }
}
