// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Digests

/// How CALLR signs its webhooks (`hmac_algo`).
///
/// The platform has MD5 too, which is left out: the system's cryptography may refuse it, and nothing needs it.
package enum CALLRSignatureAlgorithm: String, Sendable, CaseIterable {
    case sha1 = "SHA1"
    case sha256 = "SHA256"
    case sha512 = "SHA512"

    var function: HashFunction {
        switch self {
        case .sha1: .sha1
        case .sha256: .sha256
        case .sha512: .sha512
        }
    }

    /// Whether the platform takes a key (`hmac_secret`).
    package static func takes(_ key: Secret) -> Bool { (8...1_024).contains(key.reveal().count) }
}
