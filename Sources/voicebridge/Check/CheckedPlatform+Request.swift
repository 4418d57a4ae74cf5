// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import Digests

extension CheckedPlatform {
    /// Seconds for which a token is made.
    private static let tokenLifetime = 30

    /// The request that the platform makes.
    ///
    /// - Parameters:
    ///   - url: where it goes.
    ///   - signedURL: the URL that is signed.
    ///   - credentials: what it shows or signs with.
    ///   - nonce: 32 hexadecimal digits that were not used before.
    ///   - now: seconds since 1970.
    /// - Returns: the request.
    /// - Throws: `DigestError` when OpenSSL refuses a hash function.
    func request(
        to url: String,
        signing signedURL: String,
        _ credentials: CheckCredentials,
        nonce: String,
        now: Int
    ) throws(DigestError) -> CheckRequest {
        let secret = credentials.secret.reveal()
        switch self {
        case .bearer: return CheckRequest(url: url, fields: [("Authorization", "Bearer \(secret)")])
        case .basic:
            let pair = Base64.encode(Array("\(credentials.user):\(secret)".utf8))
            return CheckRequest(url: url, fields: [("Authorization", "Basic \(pair)")])
        case .header: return CheckRequest(url: url, fields: [(credentials.field, secret)])
        case .queryToken: return CheckRequest(url: CheckRequest.adding(token: secret, toQueryOf: url))
        case .twilio:
            let signature = try TwilioSignature.sign(signedURL, authToken: secret)
            return CheckRequest(url: url, fields: [(TwilioSignature.field, signature)])
        case .plivo:
            let signature = try PlivoSignature.sign(signedURL, nonce: nonce, authToken: secret)
            return CheckRequest(
                url: url,
                fields: [(PlivoSignature.fields[0], signature), (PlivoSignature.nonceField, nonce)]
            )
        case .genesys:
            let fields = try GenesysSignature.sign(
                target: CheckRequest.target(of: signedURL),
                authority: CheckRequest.authority(of: signedURL),
                session: Self.session(nonce),
                apiKey: credentials.apiKey.reveal(),
                clientSecret: secret,
                nonce: nonce,
                created: now,
                expires: now + Self.tokenLifetime
            )
            return CheckRequest(url: url, fields: fields)
        case .pathToken:
            let path = CheckRequest.path(of: signedURL)
            let expires = now + Self.tokenLifetime
            let token = try PathToken(path: path, expires: expires, nonce: nonce, secret: secret)
            return CheckRequest(url: CheckRequest.adding(token.text, toPathOf: url))
        }
    }

    /// Ids of a session that there is not: those of a test of the connection, but for the session's own.
    private static func session(_ nonce: String) -> [String] {
        let digits = Array(nonce)
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0.clamped(to: digits.indices)]) }
        let nobody = "00000000-0000-0000-0000-000000000000"
        return [nobody, parts.joined(separator: "-"), nobody]
    }
}
