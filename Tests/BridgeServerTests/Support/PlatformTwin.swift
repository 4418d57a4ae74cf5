// SPDX-License-Identifier: Apache-2.0
import OutboundHTTP
import TestSupport
import VoiceBridgeTesting

/// A platform's HTTP interface on a socket of its own: it takes the requests of a script, in order and to the last field,
/// and fails on anything else.
final class PlatformTwin: Sendable {
    /// A request as the platform's document has it, its URL without the host, and what is answered.
    struct Exchange: Sendable {
        var request: ExpectedRequest
        var reply: LoopbackHTTPServer.Reply

        init(_ path: String, authorization: String, _ body: ExpectedRequest.Body, _ reply: LoopbackHTTPServer.Reply) {
            request = ExpectedRequest(.post, path, ["Authorization": authorization], body)
            self.reply = reply
        }

        /// Fields that any client sends by itself.
        private static let transport: Set<String> = [
            "host", "user-agent", "accept-encoding", "accept-language", "connection", "content-length",
        ]

        func matches(_ received: LoopbackHTTPServer.Request) -> Bool {
            guard let method = HTTPMethod(rawValue: received.method) else { return false }
            var fields = HTTPFields()
            for field in received.fields where !Self.transport.contains(field.name.lowercased()) {
                fields.append(field.name, field.value)
            }
            return request.matches(HTTPRequest(method, received.path, fields: fields, body: received.body))
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
