// SPDX-License-Identifier: Apache-2.0

import Digests
import WebSocketWire

/// The HTTP message signature (RFC 9421) of Genesys Cloud AudioHook: HMAC-SHA256 by the client secret over the
/// request's target, its authority, three fields that name the session, and `X-API-KEY`.
///
/// Source: Genesys' "AudioHook security" page.
package enum GenesysSignature {
    /// What a signature must cover.
    static let components = [
        "@request-target", "@authority", "audiohook-organization-id", "audiohook-session-id",
        "audiohook-correlation-id", "x-api-key",
    ]
    /// The fields that a request cannot do without, as Genesys writes them.
    package static let fields = ["Signature-Input", "Signature", "X-API-KEY"] + sessionFields
    /// Those of them that name organization, session and correlation.
    package static let sessionFields = [
        "Audiohook-Organization-Id", "Audiohook-Session-Id", "Audiohook-Correlation-Id",
    ]
    /// How long after `created` a signature is taken, in seconds.
    static let maximumAge = 10
    /// How far ahead of ours a platform's clock may be, in seconds.
    static let maximumSkew = 3
    /// The shortest nonce, in characters.
    static let minimumNonce = 22

    /// Judges a request.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - apiKey: what `X-API-KEY` and `keyid` must be.
    ///   - clientSecret: the key, in base64; another text is the key itself.
    ///   - address: the URL that the platform was given.
    ///   - now: seconds since 1970.
    /// - Returns: what the signature is worth.
    static func judge(
        _ request: PresentedRequest,
        apiKey: String,
        clientSecret: String,
        address: PublicAddress,
        now: Int
    ) -> Judgement {
        let headers = request.headers
        if let field = fields.first(where: { headers.values($0).isEmpty }) { return .missing(field) }
        let inputs = headers.values("Signature-Input")
        let signatures = headers.values("Signature")
        guard inputs.count == 1, signatures.count == 1, let input = SignatureInput(inputs[0]) else { return .wrong }
        guard let code = code(signatures[0], label: input.label) else { return .wrong }
        guard components.allSatisfy(input.components.contains), input.parameters["alg"] == "hmac-sha256",
            let nonce = input.parameters["nonce"], nonce.utf8.count >= minimumNonce,
            let created = input.parameters["created"].flatMap({ Int($0) }),
            let expires = input.parameters["expires"].flatMap({ Int($0) }),
            ConstantTime.equal(input.parameters["keyid"] ?? "", apiKey),
            ConstantTime.equal(headers["X-API-KEY"] ?? "", apiKey)
        else { return .wrong }
        guard isGood(code, input, request, key: key(of: clientSecret), address: address) else { return .wrong }
        // Told apart only once the signature is right: a stranger learns nothing of the clock.
        guard created - maximumSkew <= now, now - created <= maximumAge, now < expires else { return .late }
        return .granted(once: OneTimeUse(name: "genesys \(nonce)", until: created + maximumAge + 1))
    }

    /// The key that a client secret stands for.
    static func key(of clientSecret: String) -> [UInt8] { Base64.decode(clientSecret) ?? Array(clientSecret.utf8) }

    /// The bytes of `label=:base64:`.
    private static func code(_ field: String, label: String) -> [UInt8]? {
        guard field.hasPrefix("\(label)=:"), field.hasSuffix(":") else { return nil }
        let text = field.dropFirst(label.count + 2)
        guard !text.isEmpty else { return nil }
        return Base64.decode(String(text.dropLast()))
    }

    private static func isGood(
        _ code: [UInt8],
        _ input: SignatureInput,
        _ request: PresentedRequest,
        key: [UInt8],
        address: PublicAddress
    ) -> Bool {
        let target = request.path + (request.query.map { "?" + $0 } ?? "")
        let targets = address.prefix.isEmpty ? [target] : [address.prefix + target, target]
        var found = false
        for authority in address.authorities {
            for target in targets {
                guard let base = base(input, request.headers, target: target, authority: authority.lowercased()),
                    let expected = try? HashFunction.sha256.authenticationCode(key: key, message: Array(base.utf8))
                else { return false }
                if ConstantTime.equal(code, expected) { found = true }
            }
        }
        return found
    }

    /// The signature base (RFC 9421 §2.5); nil when it covers something that the request does not have.
    static func base(
        _ input: SignatureInput,
        _ headers: HandshakeHeaders,
        target: String,
        authority: String
    ) -> String? {
        var lines: [String] = []
        for name in input.components {
            let value: String? =
                switch name {
                case "@request-target": target
                case "@authority": authority
                default: name.hasPrefix("@") ? nil : headers[name]
                }
            guard let value else { return nil }
            lines.append("\"\(name)\": \(value)")
        }
        lines.append("\"@signature-params\": \(input.text)")
        return lines.joined(separator: "\n")
    }
}
