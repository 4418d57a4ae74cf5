// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import Digests
import WebSocketWire

// Credentials that are told as they are.
extension Authenticator {
    /// Compares what was given; `what` is told when nothing was.
    func compare(_ given: String?, _ expected: String, _ what: String? = nil) -> Judgement {
        guard let given else { return .missing(what) }
        return ConstantTime.equal(Array(given.utf8), Array(expected.utf8)) ? .granted : .wrong
    }

    func judgeBasic(_ headers: HandshakeHeaders, _ expected: String) -> Judgement {
        guard let value = only(headers.values("Authorization")) else { return .missing("Authorization") }
        guard let given = Base64.decode(rest(of: value, after: "Basic")) else { return .wrong }
        return ConstantTime.equal(given, Array(expected.utf8)) ? .granted : .wrong
    }

    /// The value of a field that stands there once; a repeated one is as good as a wrong one.
    func only(_ values: [String]) -> String? { values.count > 1 ? "" : values.first }

    /// What follows the scheme, whose name is compared without regard to case (RFC 9110 §11.1); empty, which is no
    /// credential, when the scheme is another.
    func rest(of value: String, after scheme: String) -> String {
        let start = scheme + " "
        guard value.prefix(start.count).lowercased() == start.lowercased() else { return "" }
        return String(value.dropFirst(start.count).drop { $0 == " " })
    }

    /// A query without the credential in it, which is nothing of the call's.
    func withoutToken(_ query: String?) -> String? {
        let asks = credentials.contains { if case .queryToken = $0 { true } else { false } }
        guard asks, let query else { return query }
        let rest = query.split(separator: "&").filter { !$0.hasPrefix("token=") }
        return rest.isEmpty ? nil : rest.joined(separator: "&")
    }

    /// The values of `token` in a query, with `%XX` undone.
    func tokens(in query: String?) -> [String] {
        guard let query else { return [] }
        return query.split(separator: "&").filter { $0.hasPrefix("token=") }.map {
            PercentText.decoded($0.dropFirst("token=".count))
        }
    }
}
