// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import WebSocketWire

/// A server that says back what it hears, on Twilio's wire, with a fault planted in it.
///
/// All calls are on one loop.
final class FaultyEcho: Sendable {
    enum Fault: String, CaseIterable, Sendable {
        case none
        /// Every hundredth frame is left out.
        case drops
        /// The 60th frame and the 61st change places.
        case swapsFrames
        /// Two calls get each other's sound.
        case swapsCalls
        /// The sound is silence.
        case silent
        /// Each frame is 50 ms late.
        case late
        /// Messages of another shape.
        case strangeMessages
        /// The connection is closed after a second.
        case closes
        /// The upgrade is refused.
        case refuses
    }

    let port: Int
    private let channel: any Channel
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    init(_ fault: Fault) async throws {
        let loop = group.next()
        let calls = try await loop.submit { NIOLoopBound(EchoCalls(), eventLoop: loop) }.get()
        channel = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(EchoSession(fault, calls.value))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        port = channel.localAddress?.port ?? 0
    }

    func stop() async throws {
        try await channel.close()
        try await group.shutdownGracefully()
    }
}
