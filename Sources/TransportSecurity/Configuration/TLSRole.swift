// SPDX-License-Identifier: Apache-2.0

/// The side of a TLS connection.
package enum TLSRole: Sendable, Hashable {
    /// Accepts connections and shows a certificate.
    case server
    /// Opens connections and verifies the server's certificate.
    case client
}
