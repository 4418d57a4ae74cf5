// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// A platform's HTTP interface on a socket of its own: it takes the requests of a script, in order and to the last field,
/// and fails on anything else.
final class PlatformTwin: Sendable {
    /// A request as the platform's document has it, and what is answered.
    struct Exchange: Sendable {
        enum Body: Sendable {
            case form(String)
            case json(String)
        }

        var method: String
        var path: String
        var authorization: String
        var body: Body
        var reply: LoopbackHTTPServer.Reply

        init(
            _ method: String,
            _ path: String,
            authorization: String,
            _ body: Body,
            _ reply: LoopbackHTTPServer.Reply
        ) {
            self.method = method
            self.path = path
            self.authorization = authorization
            self.body = body
            self.reply = reply
        }

        /// Fields that any client sends by itself.
        private static let transport: Set<String> = [
            "host", "user-agent", "accept-encoding", "accept-language", "connection", "content-length",
        ]

        func matches(_ request: LoopbackHTTPServer.Request) -> Bool {
            let type: String
            let isRight: Bool
            switch body {
            case .form(let text):
                type = "application/x-www-form-urlencoded"
                isRight = request.body == Array(text.utf8)
            case .json(let text):
                type = "application/json"
                let wanted = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
                let given = try? JSONSerialization.jsonObject(with: Data(request.body)) as? NSDictionary
                isRight = wanted != nil && wanted == given
            }
            let wanted = ["accept: application/json", "authorization: \(authorization)", "content-type: \(type)"]
            let given = request.fields.filter { !Self.transport.contains($0.name.lowercased()) }
                .map { "\($0.name.lowercased()): \($0.value)" }
            return isRight && request.method == method && request.path == path && given.sorted() == wanted
        }
    }

    struct Log: Sendable {
        var script: [Exchange]
        var taken = 0
        var unexpected: [String] = []
    }

    let log: Watched<Log>
    private let server: LoopbackHTTPServer

    /// Where the interface is, without a slash at the end.
    var url: String { server.url }

    init(_ script: [Exchange]) async throws {
        let log = Watched(Log(script: script))
        self.log = log
        server = try await LoopbackHTTPServer { request in
            log.update { log in
                guard let next = log.script.first, next.matches(request) else {
                    let body = String(decoding: request.body, as: UTF8.self)
                    log.unexpected.append("\(request.method) \(request.path) \(body)")
                    return .init(418)
                }
                log.script.removeFirst()
                log.taken += 1
                return next.reply
            }
        }
    }

    /// Whether the whole script was taken, and nothing else came.
    var isDone: Bool { log.value.script.isEmpty && log.value.unexpected.isEmpty }

    func stop() async throws { try await server.stop() }
}
