// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Requests over `URLSession`.
///
/// Make one and share it: it keeps connections open. It ends with the last reference, and what is under way with it.
package final class URLSessionClient: HTTPClient {
    private let exchanges: Exchanges
    private let session: URLSession

    /// A client.
    ///
    /// - Parameter connectionsPerHost: most connections to one host at a time; further requests wait.
    package init(connectionsPerHost: Int = 64) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = connectionsPerHost
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        exchanges = Exchanges()
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    // The session holds its delegate until it is told to end.
    deinit { session.invalidateAndCancel() }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let task = session.dataTask(with: try Self.urlRequest(for: request))
        let exchange = Exchange(task: task, request: request)
        exchanges.add(exchange)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { exchange.start($0) }
        } onCancel: {
            exchange.fail(CancellationError())
        }
    }

    private static func urlRequest(for request: HTTPRequest) throws(HTTPClientError) -> URLRequest {
        guard let url = URL(string: request.url), let scheme = url.scheme?.lowercased(),
            ["http", "https"].contains(scheme), url.host?.isEmpty == false
        else { throw .invalidURL }
        var result = URLRequest(url: url)
        result.httpMethod = request.method.rawValue
        for (name, value) in request.fields.all { result.addValue(value, forHTTPHeaderField: name) }
        if !request.body.isEmpty { result.httpBody = Data(request.body) }
        // The exchange's own deadline comes first; this one is for a session that does not notice.
        result.timeoutInterval = TimeInterval(request.deadline.components.seconds + 5)
        return result
    }
}
