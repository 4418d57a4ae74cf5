// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import NIOHTTP1
import WebSocketWire

/// The first request of a connection: routes, authenticates, and upgrades it to a call, or answers it as plain HTTP.
final class FrontHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// The longest body of a plain request, in bytes.
    static let maximumBodyBytes = 65_536

    private let server: ServerCore
    private let timer: LoopTimer
    private let source: String
    private var deadline: Scheduled<Void>?
    private var request: OpeningRequest?
    private var body: [UInt8] = []
    private var isBodyTooLarge = false
    private var isAnswering = false

    init(server: ServerCore, timer: LoopTimer, source: String) {
        self.server = server
        self.timer = timer
        self.source = source
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: server.handshakeTimeout) {
            let (handler, context) = bound.value
            handler.server.observer.refused("handshake_timeout", route: nil, source: handler.source)
            context.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = OpeningRequest(
                method: head.method.rawValue,
                target: head.uri,
                majorVersion: head.version.major,
                minorVersion: head.version.minor,
                headers: HandshakeHeaders(head.headers.map { (name: $0.name, value: $0.value) })
            )
            body.removeAll()
            isBodyTooLarge = false
        case .body(let buffer):
            if body.count + buffer.readableBytes > Self.maximumBodyBytes {
                isBodyTooLarge = true
            } else {
                body.append(contentsOf: buffer.readableBytesView)
            }
        case .end:
            guard let request, !isAnswering else { return }
            self.request = nil
            answer(request, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError, context.channel.isActive, !isAnswering {
            server.observer.refused("bad_http", route: nil, source: source)
            respond(context, 400, "the request is not HTTP/1.1", keepAlive: false)
        } else {
            server.observer.refused("connection_failed: \(error)", route: nil, source: source)
            context.close(promise: nil)
        }
    }

    private func answer(_ request: OpeningRequest, _ context: ChannelHandlerContext) {
        let target = request.target
        let path = String(target.prefix { $0 != "?" })
        let query = target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) }
        if let route = server.routes[path] {
            upgrade(request, to: route, query: query, context)
        } else if let served = server.receivers[path], !ServerHandshake.isUpgrade(request) {
            receive(request, path: path, query: query, served, context)
        } else {
            refuse(context, "unknown_path", nil, 404, "no route has this path; see the routes of the configuration")
        }
    }
}

// MARK: - Upgrade

extension FrontHandler {
    private func upgrade(
        _ request: OpeningRequest,
        to route: ServedRoute,
        query: String?,
        _ context: ChannelHandlerContext
    ) {
        guard admits(request, route.authenticator, query: query, path: route.path, context) else { return }
        guard case .accept(let accepted) = evaluate(request, route, context) else { return }
        if let refusal = server.admission.enter(route: route.index, limit: route.maximumCalls) {
            let text = refusal == .draining ? "the server is stopping" : "as many calls as allowed are under way"
            let retry = HandshakeHeaders([(name: "Retry-After", value: "\(server.retryAfterSeconds)")])
            refuse(context, refusal.rawValue, route.path, 503, text, headers: retry)
            return
        }
        let calls = server
        let index = route.index
        do {
            let handler = try calls.makeCall(route, accepted, timer: timer, loop: context.eventLoop) {
                calls.admission.leave(route: index)
            }
            switchProtocols(accepted, to: handler, context)
        } catch {
            calls.admission.leave(route: index)
            refuse(context, "route_failed", route.path, 500, "this route cannot take calls; see the server's log")
        }
    }

    private func evaluate(
        _ request: OpeningRequest,
        _ route: ServedRoute,
        _ context: ChannelHandlerContext
    ) -> HandshakeDecision {
        let decision = ServerHandshake.evaluate(request, configuration: route.handshake)
        if case .refuse(let refusal) = decision {
            refuse(context, "bad_handshake", route.path, refusal.status, refusal.reason, headers: refusal.headers)
        }
        return decision
    }

    private func switchProtocols(
        _ accepted: AcceptedHandshake,
        to handler: CallHandler,
        _ context: ChannelHandlerContext
    ) {
        deadline?.cancel()
        isAnswering = true
        let fields = HTTPHeaders(accepted.headers.fields.map { ($0.name, $0.value) })
        let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        do {
            let pipeline = context.pipeline.syncOperations
            // The call's handler stands before the decoder goes: bytes that came with the request reach it as they are.
            try pipeline.addHandler(handler)
            let encoder = try pipeline.context(handlerType: HTTPResponseEncoder.self)
            let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
            pipeline.removeHandler(context: encoder, promise: nil)
            pipeline.removeHandler(context: context, promise: nil)
            pipeline.removeHandler(context: decoder, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }
}

// MARK: - Plain HTTP

extension FrontHandler {
    private func receive(
        _ request: OpeningRequest,
        path: String,
        query: String?,
        _ served: ServedReceiver,
        _ context: ChannelHandlerContext
    ) {
        guard admits(request, served.authenticator, query: query, path: path, context) else { return }
        guard !isBodyTooLarge else {
            refuse(context, "body_too_large", path, 413, "the body exceeds \(Self.maximumBodyBytes) bytes")
            return
        }
        isAnswering = true
        let received = ReceivedHTTPRequest(
            method: request.method,
            path: path,
            query: query,
            headers: request.headers.fields.map { ($0.name, $0.value) },
            body: body
        )
        let receiver = served.receiver
        let isKeptAlive = !request.headers.contains("Connection", token: "close")
        let promise = context.eventLoop.makePromise(of: HTTPReply.self)
        promise.completeWithTask { await receiver.answer(received) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        promise.futureResult.whenSuccess { reply in
            let (handler, context) = bound.value
            handler.isAnswering = false
            handler.write(context, reply, keepAlive: isKeptAlive)
        }
    }

    /// Judges a request's credentials; answers it when they do not do.
    private func admits(
        _ request: OpeningRequest,
        _ authenticator: Authenticator,
        query: String?,
        path: String,
        _ context: ChannelHandlerContext
    ) -> Bool {
        switch authenticator.judge(request.headers, query: query) {
        case .granted: return true
        case .missing:
            let challenge = HandshakeHeaders([(name: "WWW-Authenticate", value: "Bearer")])
            refuse(context, "unauthenticated", path, 401, "credentials are missing", headers: challenge)
        case .wrong: refuse(context, "wrong_credentials", path, 403, "credentials are wrong")
        }
        return false
    }

    private func refuse(
        _ context: ChannelHandlerContext,
        _ reason: String,
        _ route: String?,
        _ status: Int,
        _ text: String,
        headers: HandshakeHeaders = [:]
    ) {
        server.observer.refused(reason, route: route, source: source)
        respond(context, status, text, headers: headers, keepAlive: false)
    }

    private func respond(
        _ context: ChannelHandlerContext,
        _ status: Int,
        _ text: String,
        headers: HandshakeHeaders = [:],
        keepAlive: Bool
    ) {
        let reply = HTTPReply(status: status, contentType: "text/plain; charset=utf-8", body: Array((text + "\n").utf8))
        write(context, reply, headers: headers, keepAlive: keepAlive)
    }

    private func write(
        _ context: ChannelHandlerContext,
        _ reply: HTTPReply,
        headers: HandshakeHeaders = [:],
        keepAlive: Bool
    ) {
        guard context.channel.isActive else { return }
        var fields = HTTPHeaders(headers.fields.map { ($0.name, $0.value) })
        if let type = reply.contentType { fields.add(name: "Content-Type", value: type) }
        fields.add(name: "Content-Length", value: "\(reply.body.count)")
        if !keepAlive { fields.replaceOrAdd(name: "Connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: reply.status)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
        let promise = keepAlive ? nil : context.eventLoop.makePromise(of: Void.self)
        if let promise {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            promise.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    }
}
