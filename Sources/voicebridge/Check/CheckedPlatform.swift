// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeServer
import Digests

/// Whom `voicebridge check` can be.
enum CheckedPlatform: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Signs the URL.
    case twilio
    /// Signs the URL and a nonce.
    case plivo
    /// Puts a token behind the path.
    case pathToken = "path-token"

    /// The field that carries what is shown; nil when it stands in the path.
    var field: String? {
        switch self {
        case .twilio: TwilioSignature.field
        case .plivo: PlivoSignature.fields.first
        case .pathToken: nil
        }
    }

    /// The key of a route's `authentication`.
    var key: String {
        switch self {
        case .twilio: "twilio_signature"
        case .plivo: "plivo_signature"
        case .pathToken: "path_token"
        }
    }

    /// Seconds for which a token is made.
    private static let tokenLifetime = 30

    /// The request that the platform makes.
    ///
    /// - Parameters:
    ///   - url: where it goes.
    ///   - signedURL: the URL that is signed.
    ///   - secret: what it is signed with.
    ///   - nonce: hexadecimal digits that were not used before.
    ///   - now: seconds since 1970.
    /// - Returns: the request.
    /// - Throws: `DigestError` when OpenSSL refuses a hash function.
    func request(
        to url: String,
        signing signedURL: String,
        secret: String,
        nonce: String,
        now: Int
    ) throws(DigestError) -> CheckRequest {
        switch self {
        case .twilio:
            let signature = try TwilioSignature.sign(signedURL, authToken: secret)
            return CheckRequest(url: url, fields: [(TwilioSignature.field, signature)])
        case .plivo:
            let signature = try PlivoSignature.sign(signedURL, nonce: nonce, authToken: secret)
            return CheckRequest(
                url: url,
                fields: [(PlivoSignature.fields[0], signature), (PlivoSignature.nonceField, nonce)]
            )
        case .pathToken:
            let path = CheckRequest.path(of: signedURL)
            let expires = now + Self.tokenLifetime
            let token = try PathToken(path: path, expires: expires, nonce: nonce, secret: secret)
            return CheckRequest(url: CheckRequest.adding(token.text, toPathOf: url), fields: [])
        }
    }
}
