// SPDX-License-Identifier: Apache-2.0

/// A request that is not a WebSocket upgrade this side takes: the HTTP response it gets.
package struct HandshakeRefusal: Sendable, Equatable {
    /// The HTTP status: 400, 405, 426, 500 or 505.
    package var status: Int
    /// Fields the status demands, such as `Sec-WebSocket-Version: 13`.
    package var headers: HandshakeHeaders
    /// What is wrong, in a sentence fit for the response's body and the log.
    ///
    /// Never repeats what the client sent.
    package var reason: String

    init(_ status: Int, _ reason: String, headers: HandshakeHeaders = [:]) {
        self.status = status
        self.headers = headers
        self.reason = reason
    }
}
