// SPDX-License-Identifier: Apache-2.0

package import Digests

/// `X-Plivo-Signature-V3` of a request without a body: base64 of HMAC-SHA256 by the account's auth token over the URL,
/// its query decoded and sorted, then `.` and the nonce of `X-Plivo-Signature-V3-Nonce`.
///
/// The field holds several signatures with commas between while an account has several tokens. Whether an upgrade is
/// signed under `wss` or `https` is documented nowhere, so both count.
/// Source: Plivo's "Signature validation" page and its open SDKs.
package enum PlivoSignature {
    /// The fields that carry signatures: of the account that places the call, and of the main account.
    package static let fields = ["X-Plivo-Signature-V3", "X-Plivo-Signature-Ma-V3"]
    /// The field of the nonce.
    package static let nonceField = "X-Plivo-Signature-V3-Nonce"

    /// The signature of a URL.
    ///
    /// - Throws: `DigestError` when OpenSSL refuses SHA-256.
    package static func sign(_ url: String, nonce: String, authToken: String) throws(DigestError) -> String {
        let text = "\(sorted(url)).\(nonce)"
        let code = try HashFunction.sha256.authenticationCode(key: Array(authToken.utf8), message: Array(text.utf8))
        return Base64.encode(code)
    }

    /// Whether one of the signatures belongs to one of these URLs.
    static func isGood(_ signatures: [String], nonce: String, urls: [String], authToken: String) -> Bool {
        urls.reduce(false) { found, url in
            let expected = (try? sign(url, nonce: nonce, authToken: authToken)) ?? ""
            let matches = signatures.reduce(false) { some, signature in
                let isThis = !expected.isEmpty && ConstantTime.equal(signature, expected)
                return some || isThis
            }
            return found || matches
        }
    }

    /// A URL with its query as Plivo signs it.
    private static func sorted(_ url: String) -> String {
        guard let mark = url.firstIndex(of: "?") else { return url }
        let pairs = url[url.index(after: mark)...].split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (PercentText.decodedForm(parts[0]), parts.count > 1 ? PercentText.decodedForm(parts[1]) : "")
        }
        guard !pairs.isEmpty else { return String(url[..<mark]) }
        let texts = pairs.sorted { $0 < $1 }.map { "\($0.0)=\($0.1)" }
        return "\(url[..<mark])?" + texts.joined(separator: "&")
    }
}
