// SPDX-License-Identifier: Apache-2.0

package import OutboundHTTP
internal import VoiceBridge

extension FlowHTTPRequest {
    /// Asks, and gives the whole answer.
    ///
    /// - Throws: `HTTPClientError`, `CancellationError`.
    package func answer(of client: any HTTPClient) async throws -> FlowHTTPAnswer {
        let response = try await client.send(HTTPRequest(self))
        return FlowHTTPAnswer(status: response.status, body: try await response.body.collect())
    }
}

extension HTTPRequest {
    /// A flow's request, with what is secret in it.
    init(_ request: FlowHTTPRequest) {
        var fields = HTTPFields()
        for header in request.headers {
            switch header.value {
            case .text(let text): fields.append(header.name, text)
            case .secret(let secret): fields.append(header.name, secret.reveal())
            }
        }
        self.init(
            HTTPMethod(rawValue: request.method) ?? .get,
            request.url,
            fields: fields,
            body: request.body,
            deadline: request.timeout,
            maximumBody: FlowHTTPAnswer.maximumBytes
        )
    }
}
