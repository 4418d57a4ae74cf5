// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import TestSupport
import VoiceBridge

@testable import Bots

/// Carries requests to a twin without a socket, in no time.
struct TwinClient: HTTPClient {
    static let url = "https://twin.example/v1"
    let twin: ServiceTwin

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let origin = "https://twin.example"
        guard request.url.hasPrefix(origin) else { throw HTTPClientError.unexpectedRequest(request.url) }
        let reply = twin.answer(
            LoopbackHTTPServer.Request(
                method: request.method.rawValue,
                path: String(request.url.dropFirst(origin.count)),
                fields: request.fields.all,
                body: request.body
            )
        )
        let (pieces, feed) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        let twin = twin
        feed.onTermination = { if case .cancelled = $0 { twin.abandon() } }
        if reply.isSilent {
            for try await _ in pieces {}
            throw CancellationError()
        }
        var fields = HTTPFields()
        for (name, value) in reply.fields { fields.append(name, value) }
        for piece in reply.pieces { feed.yield(piece) }
        switch reply.end {
        case .whole: feed.finish()
        case .hangs: break
        case .breaks: feed.finish(throwing: HTTPClientError.connection(code: -1_005, text: "lost"))
        }
        return HTTPResponse(status: reply.status, fields: fields, body: HTTPBody(pieces))
    }
}

extension SpeechService {
    /// The twin, with its key.
    static func twin(at url: String = TwinClient.url) -> SpeechService {
        var service = SpeechService()
        service.url = url
        service.apiKey = Secret(ServiceTwin.key)
        return service
    }
}

/// What a client of a twin is carried by.
enum Carrier: CaseIterable {
    case memory, socket

    /// Does something with a twin: its URL, and a client.
    func reach(_ twin: ServiceTwin, _ body: (SpeechService, any HTTPClient) async throws -> Void) async throws {
        switch self {
        case .memory: try await body(.twin(), TwinClient(twin: twin))
        case .socket:
            let server = try await LoopbackHTTPServer { twin.answer($0) }
            try await body(.twin(at: server.url + "/v1"), URLSessionClient())
            try await server.stop()
        }
    }
}
