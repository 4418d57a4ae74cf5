// SPDX-License-Identifier: Apache-2.0

/// Answers plain HTTP requests of a platform on the public port, beside the WebSocket upgrades.
///
/// The server calls it once per request, after the route's authentication, with the whole body (bounded).
public protocol HTTPReceiver: Sendable {
    /// Answers one request.
    func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply
}

/// One HTTP request as values.
public struct ReceivedHTTPRequest: Sendable, Equatable {
    /// The method, upper-case.
    public var method: String
    /// The path without the query, as sent.
    public var path: String
    /// The query without its `?`, as sent, if any.
    public var query: String?
    /// The header fields in order.
    public var headers: [(name: String, value: String)]
    /// The whole body.
    public var body: [UInt8]

    /// A request.
    public init(
        method: String,
        path: String,
        query: String? = nil,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// Whether two requests are the same in every part.
    public static func == (left: ReceivedHTTPRequest, right: ReceivedHTTPRequest) -> Bool {
        left.method == right.method && left.path == right.path && left.query == right.query && left.body == right.body
            && left.headers.elementsEqual(right.headers) { $0.name == $1.name && $0.value == $1.value }
    }
}

/// The answer to one HTTP request.
public struct HTTPReply: Sendable, Equatable {
    /// The status code, 200–599.
    public var status: Int
    /// The media type of the body, if there is one.
    public var contentType: String?
    /// The body.
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, contentType: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
