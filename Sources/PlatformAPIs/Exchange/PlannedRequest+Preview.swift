// SPDX-License-Identifier: Apache-2.0

internal import Dialects
internal import OutboundHTTP

extension PlannedRequest {
    /// Header fields whose values are not shown.
    private static let hiddenFields: Set<String> = ["authorization", "x-authorization", "x-auth-token"]
    /// Members of a body whose values are not shown.
    private static let hiddenMembers: Set<String> = ["wss_header", "api_key", "secret_key"]

    /// The request as text for people, without its secrets: a line for method and URL, one for each field, the body.
    package var preview: String {
        var lines = ["\(http.method.rawValue) \(http.url)"]
        for (name, value) in http.fields.all {
            lines.append("\(name): \(Self.hiddenFields.contains(name.lowercased()) ? "(secret)" : value)")
        }
        if !http.body.isEmpty { lines += ["", body] }
        return lines.joined(separator: "\n")
    }

    private var body: String {
        guard case .object(var members)? = try? JSONDocument.parse(http.body) else {
            return String(decoding: http.body, as: UTF8.self)
        }
        for name in members.keys where Self.hiddenMembers.contains(name) { members[name] = .string("(secret)") }
        return String(decoding: JSONValue.object(members).encoded, as: UTF8.self)
    }
}
