// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Synchronization
import TransportSecurity

/// What a client heard, for the test to ask.
final class Collector: Sendable {
    private let state = Mutex<(bytes: ByteBuffer, wanted: Int)>((ByteBuffer(), .max))

    var bytes: ByteBuffer { state.withLock { $0.bytes } }

    func expect(_ count: Int) { state.withLock { $0.wanted = count } }

    /// Whether this piece completes what is expected.
    func append(_ piece: ByteBuffer) -> Bool {
        state.withLock { state in
            let before = state.bytes.readableBytes
            state.bytes.writeImmutableBuffer(piece)
            return before < state.wanted && state.bytes.readableBytes >= state.wanted
        }
    }
}

/// Gives a client's bytes to the collector and its events to the journal.
final class CollectorHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let collector: Collector
    private let journal: Journal

    init(_ collector: Collector, _ journal: Journal) {
        self.collector = collector
        self.journal = journal
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if collector.append(unwrapInboundIn(data)) { journal.note("all") }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSEvent { journal.note("handshake") }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        journal.note((error as? TLSError)?.shortDescription ?? "\(error)")
    }

    func channelInactive(context: ChannelHandlerContext) { journal.note("inactive") }
}
