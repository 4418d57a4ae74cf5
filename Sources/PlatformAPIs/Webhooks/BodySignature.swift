// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Digests

/// Checks the keyed hash of a webhook's body (HMAC-SHA256, RFC 2104).
///
/// The platform's document does not say how the hash is written, so hexadecimal of either case and Base64 both count.
package struct BodySignature: Sendable {
    private let key: Secret

    /// A check with the key that was registered with the webhook.
    package init(key: Secret) { self.key = key }

    /// Whether a signature is that of a body; compares in constant time.
    ///
    /// - Parameters:
    ///   - text: the value of the signature's field, with or without `sha256=` before it; nil counts as wrong.
    ///   - body: the body as it came.
    /// - Returns: true when it is.
    package func isRight(_ text: String?, of body: [UInt8]) -> Bool {
        guard var text,
            let code = try? HashFunction.sha256.authenticationCode(key: Array(key.reveal().utf8), message: body)
        else { return false }
        if text.hasPrefix("sha256=") { text.removeFirst("sha256=".count) }
        let hexadecimal = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let isHexadecimal = ConstantTime.equal(text.lowercased(), hexadecimal)
        let isBase64 = ConstantTime.equal(text, Base64.encode(code))
        return isHexadecimal || isBase64
    }
}
