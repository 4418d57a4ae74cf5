// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Answers probes on the admin port: `/healthz` while the process works, `/readyz` while a new call would be taken.
final class AdminHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let admission: Admission
    private var head: HTTPRequestHead?

    init(admission: Admission) { self.admission = admission }

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
            if admission.isOpen {
                respond(head, .ok, "ready, \(admission.calls) calls", context)
            } else {
                let state = admission.isDraining ? "draining" : "full"
                respond(head, .serviceUnavailable, "\(state), \(admission.calls) calls", context)
            }
        default: respond(head, .notFound, "there is /healthz and /readyz here", context)
        }
    }

    private func respond(
        _ head: HTTPRequestHead,
        _ status: HTTPResponseStatus,
        _ text: String,
        _ context: ChannelHandlerContext,
        allow: String? = nil
    ) {
        let body = ByteBuffer(string: text + "\n")
        var fields: HTTPHeaders = [
            "Content-Type": "text/plain; charset=utf-8", "Content-Length": "\(body.readableBytes)",
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
