// SPDX-License-Identifier: Apache-2.0

/// The head of the client's HTTP request, as plain values (RFC 6455 §4.1).
package struct OpeningRequest: Sendable, Equatable {
    /// The method, such as `GET`.
    package var method: String
    /// The request target as on the wire, such as `/v1/media?key=x`.
    package var target: String
    /// The HTTP version's first number.
    package var majorVersion: Int
    /// The HTTP version's second number.
    package var minorVersion: Int
    /// The header fields.
    package var headers: HandshakeHeaders

    /// Makes a request head; HTTP/1.1 unless said otherwise.
    package init(
        method: String = "GET",
        target: String,
        majorVersion: Int = 1,
        minorVersion: Int = 1,
        headers: HandshakeHeaders
    ) {
        self.method = method
        self.target = target
        self.majorVersion = majorVersion
        self.minorVersion = minorVersion
        self.headers = headers
    }
}
