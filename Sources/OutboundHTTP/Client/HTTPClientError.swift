// SPDX-License-Identifier: Apache-2.0

/// Why an exchange with a server of others failed.
///
/// Neither URL nor header fields are told: they may carry secrets.
package struct HTTPClientError: Error, Sendable, Hashable {
    private enum Code: Sendable, Hashable {
        case invalidURL
        case deadline(Duration)
        case bodyTooLarge(limit: Int)
        case connection(code: Int, text: String)
        case notHTTP
        case unexpectedRequest(String)
    }

    private let code: Code

    /// The URL is no absolute `http` or `https` URL.
    package static let invalidURL = HTTPClientError(code: .invalidURL)
    /// The exchange took longer than it may.
    package static func deadline(_ limit: Duration) -> HTTPClientError { HTTPClientError(code: .deadline(limit)) }
    /// The answer's body is larger than asked for.
    package static func bodyTooLarge(limit: Int) -> HTTPClientError {
        HTTPClientError(code: .bodyTooLarge(limit: limit))
    }
    /// The connection could not be made, or broke; with the system's code and words.
    package static func connection(code: Int, text: String) -> HTTPClientError {
        HTTPClientError(code: .connection(code: code, text: text))
    }
    /// What answered does not speak HTTP.
    package static let notHTTP = HTTPClientError(code: .notHTTP)
    /// A test double was asked for what it was not told to expect.
    package static func unexpectedRequest(_ what: String) -> HTTPClientError {
        HTTPClientError(code: .unexpectedRequest(what))
    }

    /// A word of a small set, fit for a metric's label.
    package var shortDescription: String {
        switch code {
        case .invalidURL: "invalid_url"
        case .deadline: "deadline"
        case .bodyTooLarge: "body_too_large"
        case .connection: "connection"
        case .notHTTP: "not_http"
        case .unexpectedRequest: "unexpected_request"
        }
    }
}

extension HTTPClientError: CustomStringConvertible {
    /// What happened and what to do.
    package var description: String {
        switch code {
        case .invalidURL: "the URL is not an absolute http or https URL"
        case .deadline(let limit): "no whole answer within \(limit): is the server slow, or the limit too short?"
        case .bodyTooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .connection(let code, let text): "the connection failed (\(code)): \(text)"
        case .notHTTP: "what answered does not speak HTTP"
        case .unexpectedRequest(let what): "nobody expected this request: \(what)"
        }
    }
}
