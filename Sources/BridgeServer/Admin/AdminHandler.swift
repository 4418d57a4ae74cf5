// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Answers on the admin port: `/healthz` while the process works, `/readyz` while a new call would be taken, `/load` with what
/// the server carries and how its event loops keep up.
final class AdminHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let core: ServerCore
    private var head: HTTPRequestHead?

    init(_ core: ServerCore) { self.core = core }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context)
        }
    }

    /// A prober that says nothing for long is let go.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let path = head.uri.prefix { $0 != "?" }
        guard head.method == .GET || head.method == .HEAD else {
            return respond(head, .methodNotAllowed, "use GET", context, allow: "GET, HEAD")
        }
        switch path {
        case "/healthz": respond(head, .ok, "ok", context)
        case "/readyz":
            let state = readiness
            let text = "\(state), \(core.admission.calls) calls"
            respond(head, state == "ready" ? .ok : .serviceUnavailable, text, context)
        case "/load": respond(head, .ok, load, context, type: "application/json")
        default: respond(head, .notFound, "there is /healthz, /readyz and /load here", context)
        }
    }

    private var readiness: String {
        guard !core.admission.isDraining else { return "draining" }
        guard core.admission.isOpen else { return "full" }
        // One loop that keeps up is enough: a platform that is refused comes again.
        let loops = core.loopFigures
        guard loops.allSatisfy({ $0.isLate || $0.isBusy }) else { return "ready" }
        return loops.contains(where: \.isLate) ? "late" : "busy"
    }

    private var load: String {
        LoadText.text(
            calls: core.admission.calls,
            connections: core.admission.connections,
            refused: core.refusals.byReason,
            tenants: core.tenantFigures,
            loops: core.loopFigures
        )
    }

    private func respond(
        _ head: HTTPRequestHead,
        _ status: HTTPResponseStatus,
        _ text: String,
        _ context: ChannelHandlerContext,
        type: String = "text/plain; charset=utf-8",
        allow: String? = nil
    ) {
        let body = ByteBuffer(string: text + "\n")
        var fields: HTTPHeaders = [
            "Content-Type": type, "Content-Length": "\(body.readableBytes)",
        ]
        if let allow { fields.add(name: "Allow", value: allow) }
        let response = HTTPResponseHead(version: .http1_1, status: status, headers: fields)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if head.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        let promise = head.isKeepAlive ? nil : context.eventLoop.makePromise(of: Void.self)
        if let promise {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            promise.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    }
}
