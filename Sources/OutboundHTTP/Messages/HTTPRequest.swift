// SPDX-License-Identifier: Apache-2.0

/// One request to a server of others.
package struct HTTPRequest: Sendable {
    /// What to do.
    package var method: HTTPMethod
    /// An absolute URL, `http` or `https`.
    package var url: String
    /// Header fields; `Host` and `Content-Length` are added.
    package var fields: HTTPFields
    /// The body; empty for none.
    package var body: [UInt8]
    /// How long the whole exchange may take, to the last byte of the answer's body.
    package var deadline: Duration
    /// Most bytes of the answer's body; more fails the exchange.
    package var maximumBody: Int

    /// A request.
    ///
    /// - Parameters:
    ///   - method: what to do.
    ///   - url: an absolute URL, `http` or `https`.
    ///   - fields: header fields.
    ///   - body: the body; empty for none.
    ///   - deadline: time for the whole exchange. Default 30 s.
    ///   - maximumBody: most bytes of the answer's body. Default 4 MiB.
    package init(
        _ method: HTTPMethod,
        _ url: String,
        fields: HTTPFields = HTTPFields(),
        body: [UInt8] = [],
        deadline: Duration = .seconds(30),
        maximumBody: Int = 4 << 20
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.deadline = deadline
        self.maximumBody = maximumBody
    }
}
