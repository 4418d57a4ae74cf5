// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import NIOHTTP1
import TransportSecurity
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
    private var request: OpeningRequest?
    private var body: [UInt8] = []
    private var isBodyTooLarge = false
    private var state = State.reading
    private var deadline: Scheduled<Void>?

    private enum State {
        /// The request has not come whole.
        case reading
        /// The request is with its receiver.
        case asking
        /// It was answered: whatever else comes is not looked at.
        case answered
    }

    init(server: ServerCore, timer: LoopTimer, source: String) {
        self.server = server
        self.timer = timer
        self.source = source
    }

    func handlerAdded(context: ChannelHandlerContext) { close(context, in: server.handshakeTimeout) }

    /// Closes the connection when the time is over, unless it was upgraded or closed before.
    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
        deadline?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: time) {
            let (handler, context) = bound.value
            if handler.state != .answered {
                handler.state = .answered
                handler.server.observer.refused("handshake_timeout", route: nil, source: handler.source, detail: nil)
            }
            context.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state == .reading else { return }
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
            guard let request else { return }
            self.request = nil
            answer(request, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard state != .answered else { return context.close(promise: nil) }
        guard context.channel.isActive, let (reason, status, text) = Self.fault(error) else {
            state = .answered
            let reason = error is TLSError ? "tls_failed" : "connection_failed"
            server.observer.refused(reason, route: nil, source: source, detail: "\(error)")
            return context.close(promise: nil)
        }
        refuse(context, reason, nil, status, text)
    }

    /// How a fault of the request is answered; nil when it is none.
    private static func fault(_ error: any Error) -> (reason: String, status: Int, text: String)? {
        switch error {
        case is OpeningBytesLimit.Exceeded:
            ("request_too_large", 431, "the request exceeds \(OpeningBytesLimit.maximumBytes) bytes")
        case is HTTPParserError: ("bad_http", 400, "the request is not HTTP/1.1")
        default: nil
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
        state = .answered
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
            let limit = try pipeline.context(handlerType: OpeningBytesLimit.self)
            pipeline.removeHandler(context: limit, promise: nil)
            pipeline.removeHandler(context: encoder, promise: nil)
            pipeline.removeHandler(context: context, promise: nil)
            pipeline.removeHandler(context: decoder, promise: nil)
        } catch {
            handler.abort()
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
        state = .asking
        let received = ReceivedHTTPRequest(
            method: request.method,
            path: path,
            query: query,
            headers: request.headers.fields.map { ($0.name, $0.value) },
            body: body
        )
        let receiver = served.receiver
        let promise = context.eventLoop.makePromise(of: HTTPReply.self)
        promise.completeWithTask { await receiver.answer(received) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        promise.futureResult.whenSuccess { reply in
            let (handler, context) = bound.value
            handler.write(context, reply)
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
        server.observer.refused(reason, route: route, source: source, detail: nil)
        let body = Array((text + "\n").utf8)
        write(
            context,
            HTTPReply(status: status, contentType: "text/plain; charset=utf-8", body: body),
            headers: headers
        )
    }

    /// Answers and closes: a connection carries one request.
    ///
    /// Our half is ended first and the rest a little later, so that bytes of the peer that were not read do not take the
    /// answer back with a reset.
    private func write(_ context: ChannelHandlerContext, _ reply: HTTPReply, headers: HandshakeHeaders = [:]) {
        guard state != .answered, context.channel.isActive else { return }
        state = .answered
        var fields = HTTPHeaders(headers.fields.map { ($0.name, $0.value) })
        if let type = reply.contentType { fields.add(name: "Content-Type", value: type) }
        fields.add(name: "Content-Length", value: "\(reply.body.count)")
        fields.replaceOrAdd(name: "Connection", value: "close")
        let status = HTTPResponseStatus(statusCode: reply.status)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: fields)
        close(context, in: CallHandler.lingerTime)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(mode: .output, promise: nil)
    }
}
