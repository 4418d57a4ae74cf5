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
        guard let (door, uses) = admits(presented, route.doors, route: route.path, context) else { return }
        guard case .accept(let accepted) = evaluate(request, route, context) else { return }
        let meter = timer.meter
        let sharing = server.share(of: door.tenant, on: context.eventLoop)
        if let sharing, sharing.share.isFull() || sharing.load.areBotsFull {
            let refusal = AdmissionRefusal(cause: .processor, scope: .tenant(sharing.load.name))
            return refuse(context, refusal, route.path, tenant: door.tenant)
        }
        guard !meter.isClosed else { return refuseForLoop(context, route.path) }
        let entry: AdmissionBook.Entry
        do {
            entry = try admit(route, door, presented)
        } catch {
            return refuse(context, error, route.path, tenant: door.tenant)
        }
        let calls = server
        let leave = { calls.admission.leave(entry, at: calls.admissionTime) }
        let room: (any CallObserver)?
        do {
            room = try server.keeper?.room(route: route.path, tenant: door.tenant)
        } catch {
            leave()
            return refuse(context, error, route.path, tenant: door.tenant)
        }
        // Only now, so that what was refused for want of room can come again.
        guard server.use(uses, on: route.path) else {
            leave()
            return refuseReplay(context, route.path)
        }
        do {
            let handshake = OpeningHandshake(
                path: route.path,
                query: door.authenticator.withoutToken(query),
                headers: request.headers.fields.map { ($0.name, $0.value) }
            )
            let handler = try calls.makeCall(
                route,
                tenant: door.tenant,
                sharing: sharing,
                accepted,
                handshake,
                room: room,
                timer: timer,
                loop: context.eventLoop
            ) {
                leave()
                meter.callEnded()
                sharing?.share.callEnded()
            }
            meter.callBegan()
            sharing?.share.callBegan()
            switchProtocols(accepted, to: handler, context)
        } catch {
            leave()
            refuse(context, "route_failed", route.path, 500, "this route cannot take calls; see the server's log")
        }
    }

    /// Counts the call.
    private func admit(
        _ route: ServedRoute,
        _ door: RouteDoor,
        _ request: PresentedRequest
    ) throws(AdmissionRefusal) -> AdmissionBook.Entry {
        try server.admission.enter(
            route: route.path,
            tenant: door.tenant,
            source: request.callerAddress(behind: door.authenticator.proxies),
            at: server.admissionTime
        )
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
