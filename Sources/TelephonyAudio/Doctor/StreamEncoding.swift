// SPDX-License-Identifier: Apache-2.0

/// How samples are written on a wire.
package enum StreamEncoding: Equatable, Sendable {
    /// Signed 16-bit little-endian.
    case linear16
    /// One byte a sample.
    case g711(G711)

    /// Bytes of a sample.
    package var bytesPerSample: Int { self == .linear16 ? 2 : 1 }

    /// A name for messages.
    package var name: String {
        switch self {
        case .linear16: "16-bit little-endian PCM"
        case .g711(.muLaw): "µ-law"
        case .g711(.aLaw): "A-law"
        }
    }
}
