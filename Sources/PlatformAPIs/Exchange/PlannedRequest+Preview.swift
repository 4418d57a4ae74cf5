// SPDX-License-Identifier: Apache-2.0

package import Dialects
internal import OutboundHTTP

extension PlannedRequest {
    /// Header fields whose values are not shown.
    private static let hiddenFields: Set<String> = ["authorization", "x-authorization", "x-auth-token"]
    /// Members of a body whose values are not shown.
    private static let hiddenMembers: Set<String> = [
        "wss_header", "api_key", "secret_key", "password", "hmac_secret",
    ]

    /// The request as text for people, without its secrets: a line for method and URL, one for each field, the body.
    package var preview: String {
        var lines = ["\(http.method.rawValue) \(http.url)"]
        for (name, value) in shownFields { lines.append("\(name): \(value)") }
        if !http.body.isEmpty { lines += ["", shownBody.text ?? String(decoding: shownBody.encoded, as: UTF8.self)] }
        return lines.joined(separator: "\n")
    }

    /// The request as JSON, without its secrets: `method`, `url`, `headers`, and `body` where there is one.
    package var previewJSON: JSONValue {
        var headers: [String: JSONValue] = [:]
        for (name, value) in shownFields { headers[name] = .string(value) }
        var members: [String: JSONValue] = [
            "method": .string(http.method.rawValue), "url": .string(http.url), "headers": .object(headers),
        ]
        if !http.body.isEmpty { members["body"] = shownBody }
        return .object(members)
    }

    private var shownFields: [(name: String, value: String)] {
        http.fields.all.map { ($0.name, Self.hiddenFields.contains($0.name.lowercased()) ? "(secret)" : $0.value) }
    }

    private var shownBody: JSONValue {
        guard let json = try? JSONDocument.parse(http.body) else {
            // A body of JSON that is too long to be looked through may have something hidden in it.
            let isJSON = http.fields["Content-Type"] == "application/json"
            return .string(isJSON ? "(\(http.body.count) bytes)" : String(decoding: http.body, as: UTF8.self))
        }
        return Self.shown(json)
    }

    /// A value without its secrets, however deep they lie.
    private static func shown(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            var shown: [String: JSONValue] = [:]
            for (name, member) in members {
                shown[name] = hiddenMembers.contains(name) ? .string("(secret)") : Self.shown(member)
            }
            return .object(shown)
        case .array(let values): return .array(values.map { shown($0) })
        case .null, .flag, .number, .string: return value
        }
    }
}
