// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A client for tests: it answers the requests it was told to expect, in order, and refuses every other.
package final class ScriptedHTTPClient: HTTPClient {
    /// One expected request.
    package struct Step: Sendable {
        /// Its method.
        package var method: HTTPMethod
        /// Its URL, whole.
        package var url: String
        /// Looks at the rest of it; false refuses it.
        package var accepts: @Sendable (HTTPRequest) -> Bool
        /// Answers it.
        package var answer: @Sendable (HTTPRequest) async throws -> HTTPResponse

        package init(
            _ method: HTTPMethod,
            _ url: String,
            accepts: @escaping @Sendable (HTTPRequest) -> Bool = { _ in true },
            answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse
        ) {
            self.method = method
            self.url = url
            self.accepts = accepts
            self.answer = answer
        }
    }

    private struct State {
        var steps: [Step]
        var requests: [HTTPRequest] = []
        var unexpected: [String] = []
    }

    private let state: Mutex<State>

    /// A client that expects these requests, in this order.
    package init(_ steps: [Step]) { state = Mutex(State(steps: steps)) }

    /// The requests that were answered.
    package var requests: [HTTPRequest] { state.withLock { $0.requests } }
    /// The requests that were refused, as method and URL; a test holds this to be empty.
    package var unexpected: [String] { state.withLock { $0.unexpected } }
    /// How many expected requests have not come; a test holds this to be 0.
    package var outstanding: Int { state.withLock { $0.steps.count } }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let step = state.withLock { state -> Step? in
            guard let step = state.steps.first, step.method == request.method, step.url == request.url,
                step.accepts(request)
            else {
                state.unexpected.append("\(request.method.rawValue) \(request.url)")
                return nil
            }
            state.steps.removeFirst()
            state.requests.append(request)
            return step
        }
        guard let step else {
            throw HTTPClientError.unexpectedRequest("\(request.method.rawValue) \(request.url)")
        }
        return try await step.answer(request)
    }
}
