// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import NIOHTTP1
import Synchronization
import TransportSecurity
import WebSocketWire

/// The first request of a connection: routes, authenticates, and upgrades it to a call, or answers it as plain HTTP.
final class FrontHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// The longest body of a plain request, in bytes.
    static let maximumBodyBytes = 65_536

    let server: ServerCore
    let timer: LoopTimer
    let turns: LoopTurns
    let source: String
    var request: OpeningRequest?
    var body: [UInt8] = []
    var isBodyTooLarge = false
    var state = State.reading
    var deadline: Scheduled<Void>?
    /// The receiver's work on the request.
    var asking: Task<Void, Never>?
    /// The subject of the client's verified certificate.
    var certificateSubject: String?

    enum State {
        /// The request has not come whole.
        case reading
        /// The request is with its receiver.
        case asking
        /// It was answered: whatever else comes is not looked at.
        case answered
    }

    init(server: ServerCore, timer: LoopTimer, turns: LoopTurns, source: String) {
        self.server = server
        self.timer = timer
        self.turns = turns
        self.source = source
    }

    func handlerAdded(context: ChannelHandlerContext) {
        timer.connectionBegan()
        close(context, in: server.served.handshakeTimeout)
    }

    /// Closes the connection when the time is over, unless it was upgraded or closed before.
    func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
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
        asking?.cancel()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiation)? = event as? TLSEvent {
            certificateSubject = negotiation.peerSubject
            server.handshakes.wrappingAdd(1, ordering: .relaxed)
        }
        context.fireUserInboundEventTriggered(event)
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
    static func fault(_ error: any Error) -> (reason: String, status: Int, text: String)? {
        switch error {
        case is OpeningBytesLimit.Exceeded:
            ("request_too_large", 431, "the request exceeds \(OpeningBytesLimit.maximumBytes) bytes")
        case is HTTPParserError: ("bad_http", 400, "the request is not HTTP/1.1")
        default: nil
        }
    }

    func answer(_ request: OpeningRequest, _ context: ChannelHandlerContext) {
        let target = request.target
        let path = String(target.prefix { $0 != "?" })
        let query = target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) }
        let serving = server.served
        if let served = serving.receivers[path], !ServerHandshake.isUpgrade(request) {
            receive(request, path: path, query: query, served, context)
        } else if let route = serving.route(of: path) {
            upgrade(request, to: route, path: path, query: query, context)
        } else {
            refuse(context, "unknown_path", nil, 404, "no route has this path; see the routes of the configuration")
        }
    }
}
