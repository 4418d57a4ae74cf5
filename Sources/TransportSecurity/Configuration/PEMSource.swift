// SPDX-License-Identifier: Apache-2.0

/// Where certificates or a key come from, as PEM text (RFC 7468).
package enum PEMSource: Sendable, Hashable {
    /// A file; read when a context is made, and again when it is reloaded. At most 1 MiB.
    case file(String)
    /// The text itself, in UTF-8.
    case bytes([UInt8])

    /// How a message names the source.
    var name: String {
        switch self {
        case .file(let path): "'\(path)'"
        case .bytes: "given as text"
        }
    }
}
