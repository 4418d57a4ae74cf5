// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// Waits when the system would not hand over a connection, as when it has no descriptors left, closes one that would take a
/// descriptor that is kept for other things, and tells of it: once when it begins, once when it is over, and as a count.
///
/// Closed at once, a platform can try elsewhere. When the system hands nothing over, reading is switched off for the wait. NIO's own handler for this only holds back the next read; the one that failed is still
/// pending, and the loop would be woken for it again and again.
final class AcceptTroubleHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// How long nothing is accepted after a failure.
    static let pause = TimeAmount.seconds(1)
    /// How long nothing must have failed for it to be over.
    static let calm = TimeAmount.seconds(5)

    private let logger: Logger
    private let refusals: RefusalCounts
    private let spare: SpareDescriptors
    private let port: String
    private var trouble: (failures: Int, last: NIODeadline)?

    init(logger: Logger, refusals: RefusalCounts, spare: SpareDescriptors = .ofProcess, port: String = "public") {
        self.port = port
        self.logger = logger
        self.refusals = refusals
        self.spare = spare
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError {
            wait(context)
            failed("\(error)", at: context.eventLoop.now)
        }
        context.fireErrorCaught(error)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard spare.areLeft() else {
            failed("few descriptors are left, which are kept for calls that are up", at: context.eventLoop.now)
            unwrapInboundIn(data).close(promise: nil)
            return
        }
        if let trouble, context.eventLoop.now >= trouble.last + Self.calm {
            self.trouble = nil
            logger.notice(
                "connections are accepted again",
                metadata: ["failures": "\(trouble.failures)", "port": "\(port)"]
            )
        }
        context.fireChannelRead(data)
    }

    private func wait(_ context: ChannelHandlerContext) {
        let channel = context.channel
        // A socket that is closed takes no option, and needs none.
        try? channel.syncOptions?.setOption(.autoRead, value: false)
        let bound = NIOLoopBound(channel, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.pause) {
            try? bound.value.syncOptions?.setOption(.autoRead, value: true)
        }
    }

    private func failed(_ cause: String, at now: NIODeadline) {
        refusals.refused("accept_failed", route: nil, source: "", detail: nil)
        if trouble == nil {
            logger.error(
                "connections cannot be accepted; raise the limit of open files, or lower limits.calls",
                metadata: ["cause": "\(cause)", "port": "\(port)"]
            )
        }
        trouble = ((trouble?.failures ?? 0) + 1, now)
    }
}
