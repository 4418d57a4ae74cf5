// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import Digests
import WebSocketWire

/// Checks a request's credentials before anything is accepted: every one demanded, each compared in constant time.
struct Authenticator: Sendable {
    /// What a request's credentials are worth.
    enum Verdict: Sendable, Equatable {
        /// All are there and right.
        case granted
        /// One is missing: 401.
        case missing
        /// One is wrong: 403.
        case wrong
    }

    private let credentials: [RouteAuthentication.Credential]

    init(_ authentication: RouteAuthentication) { credentials = authentication.credentials }

    /// Judges a request by its header fields and its query.
    func judge(_ headers: HandshakeHeaders, query: String?) -> Verdict {
        var verdict = Verdict.granted
        for credential in credentials {
            switch judge(credential, headers, query) {
            case .granted: continue
            case .missing: return .missing
            case .wrong: verdict = .wrong
            }
        }
        return verdict
    }

    private func judge(
        _ credential: RouteAuthentication.Credential,
        _ headers: HandshakeHeaders,
        _ query: String?
    ) -> Verdict {
        switch credential {
        case .bearer(let token):
            compare(Self.only(headers.values("Authorization")).map(Self.token(ofBearer:)), token.reveal())
        case .header(let name, let value): compare(Self.only(headers.values(name)), value.reveal())
        case .queryToken(let token): compare(Self.only(Self.tokens(in: query)), token.reveal())
        }
    }

    private func compare(_ given: String?, _ expected: String) -> Verdict {
        guard let given else { return .missing }
        return ConstantTime.equal(Array(given.utf8), Array(expected.utf8)) ? .granted : .wrong
    }

    /// The value of a field that stands there once; a repeated one is as good as a wrong one.
    private static func only(_ values: [String]) -> String? { values.count > 1 ? "" : values.first }

    /// What follows the scheme, whose name is compared without regard to case (RFC 9110 §11.1); empty, which is no
    /// token, when the scheme is another.
    private static func token(ofBearer value: String) -> String {
        let scheme = "Bearer "
        guard value.prefix(scheme.count).lowercased() == scheme.lowercased() else { return "" }
        return String(value.dropFirst(scheme.count).drop { $0 == " " })
    }

    /// The values of `token` in a query, with `%XX` undone.
    private static func tokens(in query: String?) -> [String] {
        guard let query else { return [] }
        return query.split(separator: "&").filter { $0.hasPrefix("token=") }.map {
            decoded($0.dropFirst("token=".count))
        }
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
