// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects
package import Digests

/// JSON Web Tokens (RFC 7519) in the name of a Vonage application.
package struct VonageToken: Sendable {
    /// How long a token is valid, in seconds.
    static let lifetime = 300

    private let application: String
    private let key: Secret

    /// Tokens of an application.
    ///
    /// - Parameters:
    ///   - application: the application's id.
    ///   - key: its private key in PEM.
    package init(application: String, key: Secret) {
        self.application = application
        self.key = key
    }

    /// A token that is valid from now on for five minutes.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - id: names the token; each has its own.
    /// - Returns: the token.
    /// - Throws: `DigestError` when the key is none.
    package func make(now: Int, id: String) throws(DigestError) -> Secret {
        let header = JSONValue.object(["alg": .string("RS256"), "typ": .string("JWT")])
        let claims = JSONValue.object([
            "application_id": .string(application), "iat": .number(now), "exp": .number(now + Self.lifetime),
            "jti": .string(id),
        ])
        let signed = Self.part(header.encoded) + "." + Self.part(claims.encoded)
        let signature = try RSASignature.sha256(Array(signed.utf8), privateKey: Array(key.reveal().utf8))
        return Secret(signed + "." + Self.part(signature))
    }

    /// Base64 with the alphabet of URLs and without padding (RFC 7515 §2).
    private static func part(_ bytes: [UInt8]) -> String {
        let text = Digests.Base64.encode(bytes).utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
