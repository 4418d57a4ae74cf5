// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import NIOHTTP1
import TransportSecurity
import WebSocketWire

// Plain HTTP.
extension FrontHandler {
    /// What there is to judge of a request.
    func present(_ request: OpeningRequest, path: String, query: String?) -> PresentedRequest {
        PresentedRequest(
            path: path,
            query: query,
            headers: request.headers,
            source: source,
            certificateSubject: certificateSubject
        )
    }

    /// Judges a request's credentials at each door; answers it and gives nil when they do for none, else the door and what
    /// is to be used up.
    func admits(
        _ request: PresentedRequest,
        _ doors: [RouteDoor],
        route: String,
        _ context: ChannelHandlerContext
    ) -> (door: RouteDoor, uses: [OneTimeUse])? {
        var best: Judgement?
        for door in doors {
            let judgement = door.authenticator.judge(request, now: server.clock())
            if case .accepted(let uses) = judgement { return (door, uses) }
            best = best.map { RouteDoor.better($0, judgement) } ?? judgement
        }
        switch best {
        case .missing(let what):
            let scheme = doors.first?.authenticator.challenge ?? "Bearer"
            let challenge = HandshakeHeaders([(name: "WWW-Authenticate", value: scheme)])
            let text = "credentials are missing" + (what.map { ": \($0)" } ?? "")
            refuse(context, "unauthenticated", route, 401, text, headers: challenge)
        case .wrong, .accepted, nil: refuse(context, "wrong_credentials", route, 403, "credentials are wrong")
        case .late: refuse(context, "late_credentials", route, 403, "credentials are no longer or not yet good")
        }
        return nil
    }

    func refuseReplay(_ context: ChannelHandlerContext, _ route: String) {
        refuse(context, "used_credentials", route, 403, "credentials were used before")
    }

    func refuse(
        _ context: ChannelHandlerContext,
        _ reason: String,
        _ route: String?,
        _ status: Int,
        _ text: String,
        headers: HandshakeHeaders = [:],
        detail: String? = nil,
        tenant: String? = nil
    ) {
        server.observer(of: tenant).refused(reason, route: route, source: source, detail: detail)
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
    func write(_ context: ChannelHandlerContext, _ reply: HTTPReply, headers: HandshakeHeaders = [:]) {
        guard state != .answered, context.channel.isActive else { return }
        state = .answered
        // A loop that takes no calls keeps its turn: the next one shall come to another.
        if !timer.meter.isClosed { turns.giveBack() }
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
