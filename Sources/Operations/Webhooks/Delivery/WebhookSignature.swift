// SPDX-License-Identifier: Apache-2.0
package import BridgeConfiguration
package import CallModel
import Digests

/// The signature of a request: `t=SECONDS,sha256=HEXADECIMAL` in the field `VoiceBridge-Signature`.
///
/// Signed are the seconds as written, a full stop, and the body's bytes, by HMAC (RFC 2104) with the endpoint's secret. The
/// time is that of the sending, not of the event, so that a receiver can refuse what somebody kept and sends again.
package struct WebhookSignature: Sendable {
    /// The field that carries it.
    package static let field = "VoiceBridge-Signature"
    /// How far the clocks of both sides may be apart, in seconds, unless said otherwise.
    package static let tolerance = 300

    private let secret: Secret
    private let algorithm: WebhookEndpoint.Algorithm

    /// Signatures with a secret.
    package init(secret: Secret, algorithm: WebhookEndpoint.Algorithm = .sha256) {
        self.secret = secret
        self.algorithm = algorithm
    }

    /// The field's value for a body that is sent at a time, in seconds since 1970.
    ///
    /// - Throws: `DigestError` when the system refuses the hash function.
    package func sign(_ body: [UInt8], at time: Int64) throws -> String {
        "t=\(time),\(algorithm.rawValue)=\(try code(of: body, time: "\(time)"))"
    }

    /// Looks whether a field's value is the signature of a body, and no older than it may be; compares in constant time.
    ///
    /// - Parameters:
    ///   - value: the field's value.
    ///   - body: the body as it came.
    ///   - now: seconds since 1970.
    ///   - tolerance: how far the time of the signature may be from now, in seconds.
    /// - Returns: whether it is.
    package func isRight(_ value: String, of body: [UInt8], now: Int64, tolerance: Int = tolerance) -> Bool {
        let parts = value.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        func part(_ name: String) -> String? { parts.first { $0.count == 2 && $0[0] == name }?[1] }
        guard let time = part("t"), let seconds = Int64(time), let given = part(algorithm.rawValue),
            let wanted = try? code(of: body, time: time), seconds.magnitude < 1 << 60
        else { return false }
        let isRight = ConstantTime.equal(given.lowercased(), wanted)
        return isRight && (now - seconds).magnitude <= tolerance.magnitude
    }

    private func code(of body: [UInt8], time: String) throws -> String {
        let function: HashFunction = algorithm == .sha256 ? .sha256 : .sha512
        let code = try function.authenticationCode(
            key: Array(secret.reveal().utf8),
            message: Array("\(time).".utf8) + body
        )
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
