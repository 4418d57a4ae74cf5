// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Digests

/// Checks the keyed hash of a webhook's body (HMAC, RFC 2104).
///
/// The platform's document does not say how the hash is written, so hexadecimal of either case and Base64 both count.
package struct BodySignature: Sendable {
    private let key: Secret
    private let function: HashFunction

    /// A check with the key that was registered with the webhook, and SHA-256 unless another function was.
    package init(key: Secret, function: HashFunction = .sha256) {
        self.key = key
        self.function = function
    }

    /// Whether a signature is that of a body; compares in constant time.
    ///
    /// - Parameters:
    ///   - text: the value of the signature's field, with or without `sha256=` before it; nil counts as wrong.
    ///   - body: the body as it came.
    /// - Returns: true when it is.
    package func isRight(_ text: String?, of body: [UInt8]) -> Bool {
        guard var text,
            let code = try? function.authenticationCode(key: Array(key.reveal().utf8), message: body)
        else { return false }
        if text.hasPrefix("sha256=") { text.removeFirst("sha256=".count) }
        let hexadecimal = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let isHexadecimal = ConstantTime.equal(text.lowercased(), hexadecimal)
        let isBase64 = ConstantTime.equal(text, Base64.encode(code))
        return isHexadecimal || isBase64
    }
}
