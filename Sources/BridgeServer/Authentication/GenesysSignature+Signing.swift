// SPDX-License-Identifier: Apache-2.0

package import Digests
import WebSocketWire

extension GenesysSignature {
    /// The header fields of a request that is signed as Genesys signs its own.
    ///
    /// - Parameters:
    ///   - target: path and query.
    ///   - authority: the host, with its port where that is not the scheme's own.
    ///   - session: the values of ``sessionFields``.
    ///   - apiKey: what `X-API-KEY` is.
    ///   - clientSecret: the key, in base64; another text is the key itself.
    ///   - nonce: what makes the signature the only one, 22 characters at least.
    ///   - created: seconds since 1970.
    ///   - expires: seconds since 1970.
    /// - Returns: ``fields`` with their values.
    /// - Throws: `DigestError` when OpenSSL refuses SHA-256.
    package static func sign(
        target: String,
        authority: String,
        session: [String],
        apiKey: String,
        clientSecret: String,
        nonce: String,
        created: Int,
        expires: Int
    ) throws(DigestError) -> [(name: String, value: String)] {
        let covered = components.map { "\"\($0)\"" }.joined(separator: " ")
        let text =
            "sig1=(\(covered));keyid=\"\(apiKey)\";nonce=\"\(nonce)\";alg=\"hmac-sha256\";created=\(created);"
            + "expires=\(expires)"
        var signed = Array(zip(sessionFields, session)) + [("X-API-KEY", apiKey)]
        let headers = HandshakeHeaders(signed.map { (name: $0.0, value: $0.1) })
        let base = SignatureInput(text).flatMap { Self.base($0, headers, target: target, authority: authority) }
        let code = try HashFunction.sha256.authenticationCode(
            key: key(of: clientSecret),
            message: Array((base ?? "").utf8)
        )
        signed += [("Signature-Input", text), ("Signature", "sig1=:\(Base64.encode(code)):")]
        return signed.map { (name: $0.0, value: $0.1) }
    }
}
