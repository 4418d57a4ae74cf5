// SPDX-License-Identifier: Apache-2.0

import Dialects
import OutboundHTTP
import VoiceBridge

/// Sends requests to one service and makes errors of what is no good answer.
struct ServiceClient: Sendable {
    /// Most bytes of an error's text.
    private static let maximumWords = 160

    let service: SpeechService
    let client: any HTTPClient

    /// Posts a body.
    ///
    /// A connection that breaks before the answer, and a gateway that says to come again, are tried once more at once: kept
    /// connections end at any time, and nothing of an answer was used yet.
    ///
    /// - Parameters:
    ///   - path: behind the service's URL, with its slash.
    ///   - type: the body's type.
    ///   - body: the body.
    /// - Returns: an answer with a status of success.
    /// - Throws: ``SpeechServiceError`` for any other status; `HTTPClientError`; `CancellationError`.
    func post(_ path: String, type: String, _ body: [UInt8]) async throws -> HTTPResponse {
        let request = request(path, type: type, body)
        var response: HTTPResponse
        do {
            response = try await client.send(request)
            if (502...504).contains(response.status) { response = try await client.send(request) }
        } catch let error as HTTPClientError where error.shortDescription == "connection" {
            response = try await client.send(request)
        }
        guard response.isSuccess else { throw await fault(of: response) }
        return response
    }

    private func request(_ path: String, type: String, _ body: [UInt8]) -> HTTPRequest {
        var fields = HTTPFields()
        for (name, value) in service.headers.sorted(by: { $0.key < $1.key }) { fields.append(name, value) }
        fields["Content-Type"] = type
        if let key = service.apiKey { fields["Authorization"] = "Bearer \(key.reveal())" }
        let base = service.url.hasSuffix("/") ? String(service.url.dropLast()) : service.url
        return HTTPRequest(.post, base + path, fields: fields, body: body, deadline: service.timeout)
    }

    private func fault(of response: HTTPResponse) async -> SpeechServiceError {
        // What such an answer says would tell parts of the key.
        if [401, 403].contains(response.status) { return SpeechServiceError(.refusedKey(response.status)) }
        let body = (try? await response.body.collect()) ?? []
        let words = words(of: (try? JSONDocument.parse(body)) ?? .null)
        return SpeechServiceError(response.status == 429 ? .tooMany(words) : .status(response.status, words))
    }

    /// The words of an answer `{"error": {"message": …}}`.
    func words(of answer: JSONValue) -> String {
        let error = answer["error"]
        var words = error?["message"]?.string ?? error?.string ?? answer["message"]?.string ?? "it does not say why"
        if let key = service.apiKey?.reveal(), !key.isEmpty { words = words.replacing(key, with: "…") }
        let clean = words.split { $0.isNewline || $0 == "\0" }.joined(separator: " ")
        return clean.prefixed(toBytes: Self.maximumWords)
    }
}
