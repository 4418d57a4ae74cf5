// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import WebSocketWire

/// What there is to judge of a request before it is let in.
struct PresentedRequest: Sendable {
    /// The path as it came, without the query.
    var path: String
    /// The query without its `?`, as it came.
    var query: String?
    /// The header fields.
    var headers: HandshakeHeaders
    /// The address of the connection.
    var source: String
    /// The subject of the client's verified certificate, as RFC 2253 writes it; nil when it showed none.
    var certificateSubject: String?

    /// A request.
    init(
        path: String,
        query: String? = nil,
        headers: HandshakeHeaders,
        source: String = "",
        certificateSubject: String? = nil
    ) {
        self.path = path
        self.query = query
        self.headers = headers
        self.source = source
        self.certificateSubject = certificateSubject
    }

    /// The caller's address: that of the connection, or behind proxies that are trusted the last one in
    /// `X-Forwarded-For` that is not such a proxy itself.
    ///
    /// What a caller writes into that field stands to the left of what the proxy adds, so it is read from the right.
    func callerAddress(behind proxies: [AddressRange]) -> String {
        var address = source
        var hops = headers.elements("X-Forwarded-For")
        while proxies.contains(where: { $0.contains(address) }), let hop = hops.popLast() { address = hop }
        return address
    }
}
