// SPDX-License-Identifier: Apache-2.0

/// Something to be put into the spool.
enum SpoolEntry: Sendable {
    /// A call began: if this process dies, the next one tells its end.
    case began(number: Int64, CallFacts, WebhookEvent)
    /// Something happened in a call that has a place; it is never left out.
    case happened(WebhookEvent)
    /// Something happened that is left out where too much waits.
    case passing(WebhookEvent)
    /// A call is over.
    case ended(number: Int64, [WebhookEvent])

    /// What is told.
    var events: [WebhookEvent] {
        switch self {
        case .began(_, _, let event), .happened(let event), .passing(let event): [event]
        case .ended(_, let events): events
        }
    }
}
