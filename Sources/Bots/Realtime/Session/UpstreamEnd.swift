// SPDX-License-Identifier: Apache-2.0

/// How a connection to the service ended, or did not come about.
package enum UpstreamEnd: Sendable, Equatable {
    /// The opening request was answered with another status than 101; after which time to come again, if told.
    case refused(status: Int, retryAfter: Duration?)
    /// The service's certificate is not trusted.
    case untrusted(String)
    /// The connection broke, or none came about.
    case failed(String)
    /// The service closed the WebSocket.
    case closed(code: UInt16, reason: String)

    /// Why another attempt is of no use; nil when it may be of use.
    var hopeless: RealtimeError? {
        switch self {
        case .refused(let status, _) where [408, 425, 429].contains(status) || status >= 500: nil
        case .refused(let status, _):
            RealtimeError(
                .refused,
                "the realtime service answered \(status) to the opening request; check URL, model and key"
            )
        case .untrusted(let detail): RealtimeError(.untrusted, "the realtime service is not trusted: \(detail)")
        case .failed, .closed: nil
        }
    }

    /// The end in a few words.
    var text: String {
        switch self {
        case .refused(let status, _): "the opening request was answered with \(status)"
        case .untrusted(let detail), .failed(let detail): detail
        case .closed(let code, let reason): "closed with \(code)\(reason.isEmpty ? "" : " (\(reason))")"
        }
    }
}
