// SPDX-License-Identifier: Apache-2.0

/// Whatever carries requests to servers of others.
///
/// Redirections are not followed: their answers are returned, because a request may carry a key that is meant for one host.
package protocol HTTPClient: Sendable {
    /// Sends a request and returns the answer's head as soon as it is there; its body follows.
    ///
    /// An answer of any status is no error. Cancelling the task, or letting go of the body, ends the exchange.
    ///
    /// - Throws: ``HTTPClientError``; `CancellationError`.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
