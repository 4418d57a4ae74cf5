// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore
import NIOHTTP1
import TransportSecurity
import WebSocketWire

// Upgrade.
extension FrontHandler {
    func upgrade(
        _ request: OpeningRequest,
        to route: ServedRoute,
        path: String,
        query: String?,
        _ context: ChannelHandlerContext
    ) {
        let presented = present(request, path: path, query: query)
        guard let uses = admits(presented, route.authenticator, route: route.path, context) else { return }
        guard case .accept(let accepted) = evaluate(request, route, context) else { return }
        let meter = timer.meter
        guard !meter.gate.isClosed else { return refuseLate(context, route.path) }
        if let refusal = server.admission.enter(route: route.index, limit: route.maximumCalls) {
            let text = refusal == .draining ? "the server is stopping" : "as many calls as allowed are under way"
            refuse(context, refusal.rawValue, route.path, 503, text, headers: retry)
            return
        }
        let room = server.keeper?.makeRoom(route: route.path)
        guard room != nil || server.keeper == nil else {
            server.admission.leave(route: route.index)
            refuse(context, "records_full", route.path, 503, "there is no room for the call's record", headers: retry)
            return
        }
        // Only now, so that what was refused for want of room can come again.
        guard server.use(uses, on: route.path) else {
            server.admission.leave(route: route.index)
            refuseReplay(context, route.path)
            return
        }
        let calls = server
        let index = route.index
        do {
            let handshake = OpeningHandshake(
                path: route.path,
                query: route.authenticator.withoutToken(query),
                headers: request.headers.fields.map { ($0.name, $0.value) }
            )
            let handler = try calls.makeCall(
                route,
                accepted,
                handshake,
                room: room,
                timer: timer,
                loop: context.eventLoop
            ) {
                calls.admission.leave(route: index)
                meter.callEnded()
            }
            meter.callBegan()
            switchProtocols(accepted, to: handler, context)
        } catch {
            calls.admission.leave(route: index)
            refuse(context, "route_failed", route.path, 500, "this route cannot take calls; see the server's log")
        }
    }

    /// The loop that the connection lives on is late, and another call would be late with it.
    private func refuseLate(_ context: ChannelHandlerContext, _ path: String) {
        let gate = timer.meter.gate
        let lag = "event loop \(timer.meter.figures.loop) is late by \(gate.average / 1_000) µs on average"
        let limit = gate.limit.map { ", at most \($0 / 1_000) µs" } ?? ""
        refuse(context, "late", path, 503, "the server has too much to do", headers: retry, detail: lag + limit)
    }

    func evaluate(
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

    func switchProtocols(
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
