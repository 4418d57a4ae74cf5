// SPDX-License-Identifier: Apache-2.0
public import CallModel
import Foundation

/// What a platform signs its opening request with, as its documents say; computed apart from the server's own code.
public struct PlatformSignature: Sendable {
    enum Scheme: Sendable {
        case twilio(Secret)
        case plivo(Secret)
        case genesys(apiKey: Secret, clientSecret: Secret)
    }

    let scheme: Scheme

    /// `X-Twilio-Signature`, by the account's auth token.
    public static func twilio(authToken: Secret) -> Self { Self(scheme: .twilio(authToken)) }

    /// `X-Plivo-Signature-V3` with its nonce, by the account's auth token.
    public static func plivo(authToken: Secret) -> Self { Self(scheme: .plivo(authToken)) }

    /// The HTTP message signature of Genesys Cloud, by the integration's client secret, in base64, with the API key beside it.
    public static func genesys(apiKey: Secret, clientSecret: Secret) -> Self {
        Self(scheme: .genesys(apiKey: apiKey, clientSecret: clientSecret))
    }

    /// The fields by which the platform shows who it is.
    ///
    /// - Parameters:
    ///   - url: the URL that the platform was given, whole.
    ///   - session: the fields of the request that name the session, which some platforms sign too.
    ///   - nonce: letters and digits that were not used before, 22 at least.
    ///   - now: seconds since 1970.
    ///   - lifetime: for how long the signature says it is good, in seconds.
    /// - Returns: names and values.
    package func fields(
        for url: String,
        session: [(name: String, value: String)],
        nonce: String,
        now: Int,
        lifetime: Int = 10
    ) -> [(name: String, value: String)] {
        switch scheme {
        case .twilio(let token):
            let code = PlainHash.code(Array(url.utf8), key: Array(token.reveal().utf8), PlainSHA1.digest)
            return [(name: "X-Twilio-Signature", value: PlainBase64.encode(code))]
        case .plivo(let token):
            let text = "\(Self.sorted(url)).\(nonce)"
            let code = PlainHash.code(Array(text.utf8), key: Array(token.reveal().utf8), PlainSHA256.digest)
            return [
                (name: "X-Plivo-Signature-V3", value: PlainBase64.encode(code)),
                (name: "X-Plivo-Signature-V3-Nonce", value: nonce),
            ]
        case .genesys(let key, let secret):
            let period = "created=\(now);expires=\(now + lifetime)"
            return Self.genesysFields(url, session, nonce, period, key: key.reveal(), secret: secret.reveal())
        }
    }

    /// The URL as Plivo signs it: its query without escapes, in the order of names and values.
    private static func sorted(_ url: String) -> String {
        guard let mark = url.firstIndex(of: "?") else { return url }
        let pairs = url[url.index(after: mark)...].split(separator: "&").map { pair -> String in
            let text = String(pair).replacingOccurrences(of: "+", with: " ")
            return text.removingPercentEncoding ?? text
        }
        return "\(url[..<mark])?" + pairs.sorted().joined(separator: "&")
    }

    /// The signature over the request's target, its host, the session's three fields and the key.
    private static func genesysFields(
        _ url: String,
        _ session: [(name: String, value: String)],
        _ nonce: String,
        _ period: String,
        key: String,
        secret: String
    ) -> [(name: String, value: String)] {
        let rest = url.drop { $0 != ":" }.dropFirst(3)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest.dropFirst(host.count)
        let fields = session + [(name: "X-API-KEY", value: key)]
        let names = ["@request-target", "@authority"] + fields.map { $0.name.lowercased() }
        let values = [target.isEmpty ? "/" : String(target), host.lowercased()] + fields.map(\.value)
        let covered = names.map { "\"\($0)\"" }.joined(separator: " ")
        let parameters = "(\(covered));keyid=\"\(key)\";nonce=\"\(nonce)\";alg=\"hmac-sha256\";\(period)"
        let lines = zip(names, values).map { "\"\($0)\": \($1)" } + ["\"@signature-params\": \(parameters)"]
        let code = PlainHash.code(
            Array(lines.joined(separator: "\n").utf8),
            key: PlainBase64.decode(secret) ?? Array(secret.utf8),
            PlainSHA256.digest
        )
        return [
            (name: "X-API-KEY", value: key),
            (name: "Signature-Input", value: "sig1=\(parameters)"),
            (name: "Signature", value: "sig1=:\(PlainBase64.encode(code)):"),
        ]
    }
}
