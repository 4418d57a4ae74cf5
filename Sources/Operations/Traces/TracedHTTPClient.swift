// SPDX-License-Identifier: Apache-2.0
import Foundation
package import OutboundHTTP
package import Tracing

/// Carries requests that belong to a trace as spans of it, and tells whoever gets them by `traceparent`.
///
/// A request outside any trace is carried as it is. Neither path nor query is told: they may hold numbers and keys.
package struct TracedHTTPClient: HTTPClient {
    private struct Fields: Injector {
        func inject(_ value: String, forKey key: String, into carrier: inout HTTPFields) { carrier[key] = value }
    }

    private let client: any HTTPClient
    private let tracer: any Tracer
    private let name: String

    /// Carries requests by another client.
    ///
    /// - Parameters:
    ///   - client: carries them.
    ///   - tracer: traces them.
    ///   - name: what their spans are called.
    package init(_ client: any HTTPClient, tracer: any Tracer, name: String) {
        self.client = client
        self.tracer = tracer
        self.name = name
    }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard ServiceContext.current != nil else { return try await client.send(request) }
        let span = tracer.startSpan(name, ofKind: .client)
        defer { span.end() }
        var request = request
        tracer.inject(span.context, into: &request.fields, using: Fields())
        span.updateAttributes { attributes in
            attributes["http.request.method"] = request.method.rawValue
            if let host = URL(string: request.url)?.host { attributes["server.address"] = host }
        }
        do {
            let response = try await client.send(request)
            span.attributes["http.response.status_code"] = response.status
            if response.status >= 400 { span.setStatus(SpanStatus(code: .error)) }
            return response
        } catch {
            if let error = error as? HTTPClientError { span.attributes["error.type"] = error.shortDescription }
            span.setStatus(SpanStatus(code: .error))
            throw error
        }
    }
}
