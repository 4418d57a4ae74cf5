// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// What can be asked on the admin port, by method and path; the document in deploy/ says the same.
enum AdminOperation: String, CaseIterable, Sendable {
    case metrics, load, server, drain, logLevel, setLogLevel, calls, call, hangUp, transfer, play, flush

    /// Its method.
    var method: HTTPRequest.Method {
        switch self {
        case .metrics, .load, .server, .logLevel, .calls, .call: .get
        case .drain, .hangUp, .transfer, .play, .flush: .post
        case .setLogLevel: .put
        }
    }

    /// Its path, with `{id}` for a call's.
    var path: String {
        switch self {
        case .metrics: "/metrics"
        case .load: "/load"
        case .server: "/v1/server"
        case .drain: "/v1/drain"
        case .logLevel, .setLogLevel: "/v1/log-level"
        case .calls: "/v1/calls"
        case .call: "/v1/calls/{id}"
        case .hangUp: "/v1/calls/{id}/hang-up"
        case .transfer: "/v1/calls/{id}/transfer"
        case .play: "/v1/calls/{id}/play"
        case .flush: "/v1/calls/{id}/flush"
        }
    }

    /// Whether it only counts, and shows no call.
    var onlyCounts: Bool { self == .metrics || self == .load }

    /// Every status that it answers with, but for those that any request may get.
    var statuses: Set<Int> {
        switch self {
        case .metrics, .load, .server, .logLevel: [200]
        case .drain: [202]
        case .setLogLevel: [200, 400, 422]
        case .calls: [200, 400]
        case .call: [200, 404, 409]
        case .hangUp: [200, 202, 400, 404, 409, 422]
        case .transfer: [200, 202, 400, 404, 409, 422, 502]
        case .play: [200, 202, 400, 404, 409, 415, 422, 502]
        case .flush: [200, 404, 409]
        }
    }

    /// Statuses that are answered before it is known what is asked: 401 without credentials, 403 with wrong ones or where
    /// there can be none, 413 to a body that is too large, 503 while too many are asked.
    static let statusesOfAll: Set<Int> = [401, 403, 413, 503]

    /// Most bytes that a request's body may have.
    var maximumBody: Int { self == .play ? 8 << 20 : 65_536 }

    /// The operation that a request may be, as far as its body goes.
    static func maximumBody(ofPath path: String) -> Int {
        path.hasSuffix("/play") ? play.maximumBody : drain.maximumBody
    }
}
