// SPDX-License-Identifier: Apache-2.0

import NIOCore
import WebSocketWire

// Upgrades for which there is no room.
extension FrontHandler {
    /// A call that is held to a limit.
    func refuse(
        _ context: ChannelHandlerContext,
        _ refusal: AdmissionRefusal,
        _ route: String,
        tenant: String?
    ) {
        refuse(
            context,
            refusal.reason,
            route,
            refusal.scope.status,
            refusal.text,
            headers: retry(after: refusal.retryAfter),
            tenant: tenant
        )
    }

    /// The loop that the connection lives on has too much to do, and another call would be late, or make all others so.
    func refuseForLoop(_ context: ChannelHandlerContext, _ path: String) {
        let (reason, detail) = timer.meter.refusal
        refuse(context, reason, path, 503, "the server has too much to do", headers: retry, detail: detail)
    }

    /// What must be kept of the call finds no room.
    func refuse(_ context: ChannelHandlerContext, _ shortage: NoRoom, _ path: String, tenant: String?) {
        refuse(context, shortage.reason, path, 503, shortage.text, headers: retry, tenant: tenant)
    }

    var retry: HandshakeHeaders { retry(after: nil) }

    /// When to come again: after so many seconds, or the configured ones.
    private func retry(after seconds: Int?) -> HandshakeHeaders {
        HandshakeHeaders([(name: "Retry-After", value: "\(seconds ?? server.served.retryAfterSeconds)")])
    }
}
