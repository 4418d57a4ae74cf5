// SPDX-License-Identifier: Apache-2.0

import Dialects
package import OutboundHTTP

/// A request that a twin of a platform's HTTP interface demands to the last field, typed from the platform's document.
///
/// A twin is a `ScriptedHTTPClient` of such steps: it answers each request in its turn when method, URL, fields and body are
/// those that are demanded, and fails on anything else.
package struct ExpectedRequest: Sendable {
    /// The body it demands.
    package enum Body: Sendable {
        /// None at all.
        case none
        /// A form, byte for byte as it is escaped.
        case form(String)
        /// JSON that means this, whatever the order of its members.
        case json(String)
    }

    /// The method.
    package var method: HTTPMethod
    /// The whole URL.
    package var url: String
    /// All fields, in any order; one more or one fewer is refused.
    package var fields: [String: String]
    /// The body.
    package var body: Body

    /// A request that says which type its body has, and asks for JSON.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - url: the whole URL.
    ///   - fields: fields besides those two.
    ///   - body: the body.
    package init(_ method: HTTPMethod, _ url: String, _ fields: [String: String], _ body: Body = .none) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        switch body {
        case .none: break
        case .form: self.fields["Content-Type"] = "application/x-www-form-urlencoded"
        case .json: self.fields["Content-Type"] = "application/json"
        }
        self.fields["Accept"] = "application/json"
    }

    /// Whether a request is this one.
    package func matches(_ request: HTTPRequest) -> Bool {
        guard request.method == method, request.url == url, request.fields.all.count == fields.count else {
            return false
        }
        for (name, value) in fields where request.fields[name] != value { return false }
        switch body {
        case .none: return request.body.isEmpty
        case .form(let text): return request.body == Array(text.utf8)
        case .json(let text):
            guard let wanted = try? JSONDocument.parse(Array(text.utf8)) else { return false }
            return (try? JSONDocument.parse(request.body)) == wanted
        }
    }

    /// The step of a twin that answers this request and no other.
    package func answered(_ status: Int, _ body: String = "") -> ScriptedHTTPClient.Step {
        .init(method, url, accepts: { matches($0) }) { _ in
            HTTPResponse(status: status, body: HTTPBody([Array(body.utf8)]))
        }
    }

    /// The step of a twin that takes this request and then fails as told.
    package func failing(_ error: HTTPClientError) -> ScriptedHTTPClient.Step {
        .init(method, url, accepts: { matches($0) }) { _ in throw error }
    }
}
