// SPDX-License-Identifier: Apache-2.0

import Dialects
import OutboundHTTP

/// A request that a platform's twin demands to the last field, typed from the platform's document.
struct ExpectedRequest: Sendable {
    /// The body it demands.
    enum Body: Sendable {
        case none
        case form(String)
        case json(String)
    }

    var method: HTTPMethod
    var url: String
    /// All fields, in any order; one more or one fewer is refused.
    var fields: [String: String]
    var body: Body

    init(_ method: HTTPMethod, _ url: String, _ fields: [String: String], _ body: Body = .none) {
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
    func matches(_ request: HTTPRequest) -> Bool {
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
    func answered(_ status: Int, _ body: String = "") -> ScriptedHTTPClient.Step {
        .init(method, url, accepts: { matches($0) }) { _ in
            HTTPResponse(status: status, body: HTTPBody([Array(body.utf8)]))
        }
    }

    /// The step of a twin that takes this request and then fails as told.
    func failing(_ error: HTTPClientError) -> ScriptedHTTPClient.Step {
        .init(method, url, accepts: { matches($0) }) { _ in throw error }
    }
}
