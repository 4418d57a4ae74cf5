// SPDX-License-Identifier: Apache-2.0

package import Digests

/// A token behind a route's path that is good for one call: `/v1/twilio/EXPIRES.NONCE.CODE`.
///
/// EXPIRES is in seconds since 1970, NONCE 16 to 64 hexadecimal digits of the maker's choice, and CODE the HMAC-SHA256
/// in lower-case hexadecimal by the shared secret over path, EXPIRES and NONCE with line feeds between. It is for
/// platforms that can neither sign nor set a field: whoever places the call makes one for it.
package struct PathToken: Sendable, Equatable {
    /// When it stops being good, in seconds since 1970.
    package let expires: Int
    /// What makes it the only one.
    package let nonce: String
    private let code: String

    /// A token of one route.
    ///
    /// - Throws: `DigestError` when OpenSSL refuses SHA-256.
    package init(path: String, expires: Int, nonce: String, secret: String) throws(DigestError) {
        self.expires = expires
        self.nonce = nonce
        code = try Self.code(path: path, expires: expires, nonce: nonce, secret: secret)
    }

    /// Reads what stands behind the path; nil when it is no token.
    init?(parsing text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, (1...12).contains(parts[0].utf8.count), let expires = Int(parts[0]), expires > 0,
            "\(expires)" == parts[0], (16...64).contains(parts[1].utf8.count), parts[2].utf8.count == 64,
            parts.dropFirst().allSatisfy({ $0.utf8.allSatisfy(Self.isHexadecimal) })
        else { return nil }
        self.expires = expires
        nonce = String(parts[1])
        code = String(parts[2])
    }

    /// The token as it stands in the path.
    package var text: String { "\(expires).\(nonce).\(code)" }

    /// Judges it.
    ///
    /// - Parameters:
    ///   - path: the route's path.
    ///   - secret: the shared secret.
    ///   - lifetime: how long before it expires a token may come, in seconds: what is good for longer is not taken, so
    ///     that it need not be remembered for longer.
    ///   - now: seconds since 1970.
    /// - Returns: what it is worth.
    func judge(path: String, secret: String, lifetime: Int, now: Int) -> Judgement {
        guard let expected = try? Self.code(path: path, expires: expires, nonce: nonce, secret: secret),
            ConstantTime.equal(code, expected)
        else { return .wrong }
        guard now < expires, expires - now <= lifetime else { return .late }
        return .granted(once: OneTimeUse(name: "path \(nonce)", until: expires))
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func code(path: String, expires: Int, nonce: String, secret: String) throws(DigestError) -> String {
        let message = "\(path)\n\(expires)\n\(nonce)"
        let code = try HashFunction.sha256.authenticationCode(
            key: Array(secret.utf8),
            message: Array(message.utf8)
        )
        return code.reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
    }
}
