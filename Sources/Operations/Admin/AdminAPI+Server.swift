// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import HTTPTypes
import Hummingbird
import Logging

// The whole server.
extension AdminAPI {
    var state: ServerBody {
        ServerBody(
            state: server.readiness,
            calls: server.callCount,
            callsLimit: server.callLimit,
            connections: server.connectionCount
        )
    }

    /// Begins to stop, as SIGTERM does: new calls are refused, and the process ends when those that are up have ended.
    func drain() throws -> Response {
        logger.notice("an operator drains the server", metadata: ["calls": "\(server.callCount)"])
        server.stop()
        return try Self.json(.accepted, state)
    }

    func setLevel(_ request: Request) async throws -> Response {
        let wanted = try await Self.body(request, LogLevelBody.self, keys: ["level"]).level
        guard let level = Logger.Level(rawValue: wanted) else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw AdminFault(.unprocessableContent, "unknown_level", "there is no such level; give one of \(names)")
        }
        self.level.current = level
        logger.notice("an operator changed the log's level", metadata: ["level": "\(level)"])
        return try Self.json(.ok, LogLevelBody(level: level.rawValue))
    }
}
