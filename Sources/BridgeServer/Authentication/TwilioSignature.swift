// SPDX-License-Identifier: Apache-2.0

package import Digests

/// `X-Twilio-Signature` of an upgrade: base64 of HMAC-SHA1 by the account's auth token over the URL that Twilio has.
///
/// The URL has the scheme `wss`. Nothing of the call is signed, so a signature proves the account and can be used
/// again.
///
/// Source: Twilio's "Webhooks security" and "Media Streams" pages.
package enum TwilioSignature {
    /// The field that carries it.
    package static let field = "X-Twilio-Signature"

    /// The signature of a URL.
    ///
    /// - Throws: `DigestError` when OpenSSL refuses SHA-1.
    package static func sign(_ url: String, authToken: String) throws(DigestError) -> String {
        let code = try HashFunction.sha1.authenticationCode(key: Array(authToken.utf8), message: Array(url.utf8))
        return Base64.encode(code)
    }

    /// Whether a signature belongs to one of these URLs.
    static func isGood(_ signature: String, urls: [String], authToken: String) -> Bool {
        urls.reduce(false) { found, url in
            let expected = (try? sign(url, authToken: authToken)) ?? ""
            // All are compared, whichever is right.
            let matches = !expected.isEmpty && ConstantTime.equal(signature, expected)
            return found || matches
        }
    }
}
