// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import Synchronization
import TransportSecurity

/// An echo over TLS on a free port of loopback, which notes how its connections ended.
final class SocketServer: Sendable {
    let channel: any Channel
    let journal = Journal()

    init(_ context: TLSContext) async throws {
        let journal = journal
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        TLSHandler(server: context), Echo(journal: journal),
                    ])
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { channel.localAddress?.port ?? 0 }

    func stop() async throws { try await channel.close() }
}

/// What happened, for the test to ask.
final class Journal: Sendable {
    private let entries = Mutex<[String]>([])
    private let (stream, continuation) = AsyncStream.makeStream(of: String.self)

    func note(_ entry: String) {
        entries.withLock { $0.append(entry) }
        continuation.yield(entry)
    }

    var all: [String] { entries.withLock { $0 } }

    /// Waits for the entry; one reader at a time.
    func wait(for entry: String) async {
        for await next in stream where next == entry { return }
    }
}

/// Sends back what comes and notes events.
final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let journal: Journal

    init(journal: Journal) { self.journal = journal }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.write(data, promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiation)? = event as? TLSEvent {
            journal.note(negotiation.isResumed ? "resumed" : "handshake")
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        journal.note((error as? TLSError)?.shortDescription ?? "\(error)")
    }

    func channelInactive(context: ChannelHandlerContext) { journal.note("inactive") }
}
