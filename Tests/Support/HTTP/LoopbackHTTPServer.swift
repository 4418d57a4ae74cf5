// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server of this process on a free port of loopback, answered by a closure.
package final class LoopbackHTTPServer: Sendable {
    /// A request, whole.
    package struct Request: Sendable {
        package var method: String
        /// Path and query, as sent.
        package var path: String
        package var fields: [(name: String, value: String)]
        package var body: [UInt8]

        /// A request made up for a test.
        package init(method: String, path: String, fields: [(name: String, value: String)], body: [UInt8]) {
            self.method = method
            self.path = path
            self.fields = fields
            self.body = body
        }

        /// The first field of this name.
        package subscript(name: String) -> String? {
            fields.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    /// What the server does with a request.
    package struct Reply: Sendable {
        /// What comes after the pieces.
        package enum End: Sendable { case whole, hangs, breaks }

        package var status: Int
        package var fields: [(name: String, value: String)]
        /// The body, each piece in a write of its own, chunked.
        package var pieces: [[UInt8]]
        package var end: End
        /// Whether there is an answer at all.
        package var isSilent = false

        package init(
            _ status: Int = 200,
            _ fields: [(name: String, value: String)] = [],
            _ pieces: [[UInt8]] = [],
            end: End = .whole
        ) {
            self.status = status
            self.fields = fields
            self.pieces = pieces
            self.end = end
        }

        /// An answer of text in one piece.
        package static func text(_ text: String, status: Int = 200, type: String = "text/plain") -> Reply {
            Reply(status, [("Content-Type", type)], [Array(text.utf8)])
        }

        /// No answer, ever.
        package static let silence: Reply = {
            var reply = Reply()
            reply.isSilent = true
            return reply
        }()

        /// No answer: the connection is closed.
        package static let hangUp: Reply = {
            var reply = Reply(end: .breaks)
            reply.isSilent = true
            return reply
        }()
    }

    private let channel: any Channel

    /// `http://127.0.0.1:PORT`.
    package let url: String

    /// Starts to listen.
    package init(_ answer: @escaping @Sendable (Request) -> Reply) async throws {
        let counted = ClosedCounter()
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(answer, counted))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        url = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
        counter = counted
    }

    private let counter: ClosedCounter

    /// Waits until the other side has closed as many connections.
    package func waitForClosed(_ count: Int) async { await counter.wait(for: count) }

    /// Stops to listen.
    package func stop() async throws { try await channel.close() }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let answer: @Sendable (Request) -> Reply
        private let counter: ClosedCounter
        private var request = Request(method: "", path: "", fields: [], body: [])

        init(_ answer: @escaping @Sendable (Request) -> Reply, _ counter: ClosedCounter) {
            self.answer = answer
            self.counter = counter
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                let fields = head.headers.map { (name: $0.name, value: $0.value) }
                request = Request(method: head.method.rawValue, path: head.uri, fields: fields, body: [])
            case .body(let bytes): request.body += Array(bytes.readableBytesView)
            case .end: write(answer(request), context)
            }
        }

        func channelInactive(context: ChannelHandlerContext) { counter.count() }

        private func write(_ reply: Reply, _ context: ChannelHandlerContext) {
            guard !reply.isSilent else {
                if reply.end == .breaks { context.close(promise: nil) }
                return
            }
            var head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: reply.status))
            for (name, value) in reply.fields { head.headers.add(name: name, value: value) }
            if reply.status != 204 { head.headers.add(name: "Transfer-Encoding", value: "chunked") }
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            for piece in reply.pieces {
                let buffer = ByteBuffer(bytes: piece)
                context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
            }
            switch reply.end {
            case .whole: context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            case .hangs: break
            case .breaks: context.close(promise: nil)
            }
        }
    }
}

/// Counts, and lets tasks wait for a count.
private final class ClosedCounter: Sendable {
    private let state = Mutex<(count: Int, waiters: [(Int, CheckedContinuation<Void, Never>)])>((0, []))

    func count() {
        let woken = state.withLock { state in
            state.count += 1
            let woken = state.waiters.filter { $0.0 <= state.count }.map(\.1)
            state.waiters.removeAll { $0.0 <= state.count }
            return woken
        }
        for waiter in woken { waiter.resume() }
    }

    func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.count >= count { return true }
                state.waiters.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
