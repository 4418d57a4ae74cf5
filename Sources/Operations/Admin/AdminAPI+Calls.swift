// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import CallModel
import Foundation
import HTTPTypes
import Hummingbird

// Looking at calls.
extension AdminAPI {
    /// How long a call's event loop is waited for, to tell how the call stands.
    static let patience: Duration = .seconds(2)
    /// Calls of one page of a list.
    static let pageSize = 1...1_000

    func list(_ request: Request) throws -> Response {
        let query = request.uri.queryParameters
        let limit = try number(query["limit"], "limit") ?? 100
        guard Self.pageSize.contains(Int(clamping: limit)) else {
            throw AdminFault(.badRequest, "bad_query", "limit is 1…\(Self.pageSize.upperBound)")
        }
        let after = try number(query["after"], "after") ?? 0
        let route = query["route"].map { String($0) }
        let all = server.liveCalls
        let matching = all.filter { $0.number > after && (route == nil || $0.route == route) }
        let shown = matching.prefix(Int(clamping: limit))
        let body = CallListBody(
            calls: shown.map { CallBody($0) },
            total: all.count,
            next: shown.count < matching.count ? shown.last?.number : nil
        )
        return try Self.json(.ok, body)
    }

    func detail(_ request: Request, _ context: AdminContext) async throws -> Response {
        let call = try call(request, context)
        if let snapshot = await server.snapshot(of: call.number, within: Self.patience) {
            return try Self.json(.ok, CallDetailBody(call, snapshot))
        }
        guard server.liveCalls.contains(where: { $0.number == call.number }) else { throw AdminFault.unknownCall }
        throw AdminFault.late
    }

    /// The call that a path names by the platform's id, and where several have it, the query by its route or number.
    func call(_ request: Request, _ context: AdminContext) throws -> LiveCall {
        let written = try context.parameters.require("id")
        let id = written.removingPercentEncoding ?? written
        let query = request.uri.queryParameters
        let route = query["route"].map { String($0) }
        let wanted = try? number(query["number"], "number")
        let matching = server.liveCalls.filter {
            $0.start.callID.rawValue == id && (route == nil || $0.route == route)
                && (wanted == nil || $0.number == wanted)
        }
        guard let call = matching.first else { throw AdminFault.unknownCall }
        guard matching.count == 1 else {
            let message = "\(matching.count) calls have this id; add ?route= or ?number= of one of them from /v1/calls"
            throw AdminFault(.conflict, "ambiguous", message)
        }
        return call
    }

    private func number(_ text: Substring?, _ name: String) throws -> UInt64? {
        guard let text else { return nil }
        guard let number = UInt64(text) else { throw AdminFault(.badRequest, "bad_query", "\(name) is a whole number") }
        return number
    }
}
