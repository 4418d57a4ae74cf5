// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import NIOHTTP1
import Synchronization

/// Answers on the admin port: `/healthz` while the process works, `/readyz` while a new call would be taken, and, unless
/// somebody else answers there, `/load` with what the server carries and how its event loops keep up.
///
/// Probes are answered on this thread, whatever else is busy; what others answer, they answer elsewhere.
final class AdminHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// Requests that others may be answering at a time; one more is refused with 503.
    static let maximumRequests = 64
    /// Most bytes of a refused request's body that are read away, so that its sender hears the refusal.
    static let maximumDiscarded = 32 << 20

    private enum State {
        /// No request, or one that is answered here.
        case own(HTTPRequestHead?)
        /// The body of a request that others answer.
        case reading(HTTPRequestHead, ReceivedHTTPRequest, any AdminResponder, maximum: Int)
        /// The body of a request that is refused: so many bytes of it were read away.
        case refused(HTTPRequestHead, AdminReply, discarded: Int)
    }

    private let core: ServerCore
    /// Requests that others are answering, on all connections.
    private let load: RequestLoad
    private var state = State.own(nil)
    private var answering: Task<Void, Never>?

    /// A connection to the admin port; `load` is shared by all of them.
    init(_ core: ServerCore, load: RequestLoad) {
        self.core = core
        self.load = load
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let bytes): take(bytes, context)
        case .end: end(context)
        }
    }

    /// A prober that says nothing for long is let go.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelInactive(context: ChannelHandlerContext) {
        answering?.cancel()
        context.fireChannelInactive()
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let path = head.uri.prefix { $0 != "?" }
        guard path != "/healthz", path != "/readyz", let responder = core.adminResponder.withLock({ $0 }) else {
            state = .own(head)
            return
        }
        let request = ReceivedHTTPRequest(
            method: head.method.rawValue,
            path: String(path),
            query: head.uri.firstIndex(of: "?").map { String(head.uri[head.uri.index(after: $0)...]) },
            headers: head.headers.map { ($0.name, $0.value) }
        )
        switch responder.judge(request) {
        case .accepted(let maximum):
            guard let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > maximum else {
                state = .reading(head, request, responder, maximum: maximum)
                return
            }
            refuse(head, Self.tooLarge(maximum), context)
        case .refused(let reply): refuse(head, reply, context)
        }
    }

    /// Refuses a request whose body may follow: at once where its sender waits to be told, or would send too much to be read
    /// away.
    private func refuse(_ head: HTTPRequestHead, _ reply: AdminReply, _ context: ChannelHandlerContext) {
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        let isAwaited = head.headers.first(name: "expect")?.lowercased() == "100-continue"
        guard isAwaited || length > Self.maximumDiscarded else {
            state = .refused(head, reply, discarded: 0)
            return
        }
        state = .own(nil)
        respond(head, reply, context, closes: true)
    }

    private static func tooLarge(_ maximum: Int) -> AdminReply {
        AdminReply(status: 413, fault: "too_large", "the body has more than the \(maximum) bytes that are taken here")
    }

    private func take(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        switch state {
        case .own: break
        case .reading(let head, var request, let responder, let maximum):
            guard request.body.count + bytes.readableBytes <= maximum else {
                state = .refused(head, Self.tooLarge(maximum), discarded: 0)
                return
            }
            // Taken out of the state first, so that the body has one owner and grows in place.
            state = .own(nil)
            request.body.append(contentsOf: bytes.readableBytesView)
            state = .reading(head, request, responder, maximum: maximum)
        case .refused(let head, let reply, let discarded):
            guard discarded <= Self.maximumDiscarded else {
                state = .own(nil)
                return respond(head, reply, context, closes: true)
            }
            state = .refused(head, reply, discarded: discarded + bytes.readableBytes)
        }
    }

    private func end(_ context: ChannelHandlerContext) {
        let ended = state
        state = .own(nil)
        switch ended {
        case .own(let head?): answer(head, context)
        case .own(nil): break
        case .refused(let head, let reply, _): respond(head, reply, context, closes: true)
        case .reading(let head, let request, let responder, _):
            guard load.enter(limit: Self.maximumRequests) else {
                let advice = "\(Self.maximumRequests) requests are under way; it was not done: try again"
                return respond(head, AdminReply(status: 503, fault: "too_many_requests", advice), context)
            }
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            let loop = context.eventLoop
            let load = load
            answering = Task {
                let reply = await responder.answer(request)
                load.leave()
                loop.execute {
                    let (handler, context) = bound.value
                    guard context.channel.isActive else { return }
                    handler.respond(head, reply, context)
                }
            }
        }
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard head.method == .GET || head.method == .HEAD else {
            var reply = AdminReply(status: 405, text: "use GET\n")
            reply.headers.append(AdminReply.Header("Allow", "GET, HEAD"))
            return respond(head, reply, context)
        }
        let reply: AdminReply
        switch head.uri.prefix(while: { $0 != "?" }) {
        case "/healthz": reply = AdminReply(status: 200, text: "ok\n")
        case "/readyz":
            let state = core.readiness
            let text = "\(state), \(core.admission.calls) calls\n"
            reply = AdminReply(status: state == "ready" ? 200 : 503, text: text)
        case "/load": reply = AdminReply(status: 200, text: core.load + "\n", type: "application/json")
        default: reply = AdminReply(status: 404, text: "there is /healthz, /readyz and /load here\n")
        }
        respond(head, reply, context)
    }

    private func respond(
        _ head: HTTPRequestHead,
        _ reply: AdminReply,
        _ context: ChannelHandlerContext,
        closes: Bool = false
    ) {
        var fields = HTTPHeaders(reply.headers.map { ($0.name, $0.value) })
        fields.replaceOrAdd(name: "Content-Length", value: "\(reply.body.count)")
        let isLast = closes || !head.isKeepAlive
        if isLast { fields.replaceOrAdd(name: "Connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: reply.status)
        let response = HTTPResponseHead(version: .http1_1, status: status, headers: fields)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if head.method != .HEAD, !reply.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
        }
        let promise = isLast ? context.eventLoop.makePromise(of: Void.self) : nil
        if let promise {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            promise.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    }
}
