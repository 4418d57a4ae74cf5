// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import WebSocketWire

// Requests of receivers.
extension FrontHandler {
    /// Has a receiver answer a request, within its deadline.
    func receive(
        _ request: OpeningRequest,
        path: String,
        query: String?,
        _ served: ServedReceiver,
        _ context: ChannelHandlerContext
    ) {
        let presented = present(request, path: path, query: query)
        let door = RouteDoor(authenticator: served.authenticator)
        guard let (_, uses) = admits(presented, [door], route: path, context) else { return }
        guard ["GET", "POST"].contains(request.method) else {
            refuse(context, "bad_method", path, 405, "this path takes GET and POST", headers: Self.allow("GET, POST"))
            return
        }
        guard !isBodyTooLarge else {
            refuse(context, "body_too_large", path, 413, "the body exceeds \(Self.maximumBodyBytes) bytes")
            return
        }
        guard served.load.enter(limit: ServedReceiver.maximumRequests) else {
            refuse(context, "receiver_busy", path, 503, "as many requests as allowed are under way", headers: retry)
            return
        }
        guard server.use(uses, on: path) else {
            served.load.leave()
            return refuseReplay(context, path)
        }
        state = .asking
        let received = ReceivedHTTPRequest(
            method: request.method,
            path: path,
            query: query,
            headers: request.headers.fields.map { ($0.name, $0.value) },
            body: body
        )
        ask(served, received, context)
    }

    private func ask(_ served: ServedReceiver, _ request: ReceivedHTTPRequest, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline?.cancel()
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(served.deadline)) {
            let (handler, context) = bound.value
            guard handler.state == .asking else { return }
            handler.asking?.cancel()
            let text = "no answer was found in time"
            handler.refuse(context, "receiver_overdue", request.path, 503, text, headers: handler.retry)
        }
        let promise = context.eventLoop.makePromise(of: HTTPReply.self)
        asking = promise.completeWithTask {
            // Counted for as long as it runs, also when nobody waits for it any more.
            defer { served.load.leave() }
            return await served.receiver.answer(request)
        }
        promise.futureResult.whenSuccess { reply in
            let (handler, context) = bound.value
            guard handler.state == .asking else { return }
            handler.write(context, reply, to: request)
        }
    }

    private func write(_ context: ChannelHandlerContext, _ reply: HTTPReply, to request: ReceivedHTTPRequest) {
        if reply.status >= 400 {
            let detail = "answered \(reply.status)"
            server.observer.refused("receiver_refused", route: request.path, source: source, detail: detail)
        }
        // RFC 9110 §15.5.6: whoever does not take one of the two takes the other.
        let other = request.method == "GET" ? "POST" : "GET"
        write(context, reply, headers: reply.status == 405 ? Self.allow(other) : [:])
    }

    private static func allow(_ methods: String) -> HandshakeHeaders {
        HandshakeHeaders([(name: "Allow", value: methods)])
    }
}
