// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// The protocol versions that are spoken; older ones are refused (RFC 8996).
package enum TLSVersion: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// RFC 5246, only with ECDHE and AEAD suites.
    case v1_2 = "TLSv1.2"
    /// RFC 8446.
    case v1_3 = "TLSv1.3"

    /// The usual name, such as `TLSv1.3`.
    package var description: String { rawValue }

    /// The number on the wire.
    var number: Int32 {
        switch self {
        case .v1_2: TLS1_2_VERSION
        case .v1_3: TLS1_3_VERSION
        }
    }
}
