// SPDX-License-Identifier: Apache-2.0

extension TLSError {
    /// The kind of fault; kinds may be added, so that it is no enumeration to switch over.
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case fileUnreadable, badCertificate, badKey, encryptedKey, keyMismatch, certificateExpired, badSettings
            case handshakeFailed, handshakeTimedOut, handshakeInterrupted, notTLS, plainHTTP, unsupportedVersion
            case peerUntrusted, hostNameMismatch, clientCertificateMissing, refusedByPeer
            case protocolViolation, truncated, closed, queueFull, libraryFailure
        }

        private let value: Value

        /// The code's name, such as `keyMismatch`.
        package var description: String { value.rawValue }
    }
}

/// Found while a context is made or reloaded.
extension TLSError.Code {
    /// A file is missing, not readable, a folder, empty or too large.
    package static var fileUnreadable: Self { Self(value: .fileUnreadable) }
    /// A certificate file holds no usable certificate.
    package static var badCertificate: Self { Self(value: .badCertificate) }
    /// A key file holds no usable private key.
    package static var badKey: Self { Self(value: .badKey) }
    /// The private key is protected by a passphrase.
    package static var encryptedKey: Self { Self(value: .encryptedKey) }
    /// The private key does not belong to the certificate.
    package static var keyMismatch: Self { Self(value: .keyMismatch) }
    /// Our own certificate has expired or is not valid yet.
    package static var certificateExpired: Self { Self(value: .certificateExpired) }
    /// A setting is not usable, such as a server name with a space.
    package static var badSettings: Self { Self(value: .badSettings) }
    /// OpenSSL failed for a reason of its own, such as memory.
    package static var libraryFailure: Self { Self(value: .libraryFailure) }
}

/// Found while hands are shaken.
extension TLSError.Code {
    /// The handshake failed for a reason without a code of its own; see the message.
    package static var handshakeFailed: Self { Self(value: .handshakeFailed) }
    /// The handshake was not done in time.
    package static var handshakeTimedOut: Self { Self(value: .handshakeTimedOut) }
    /// The connection was closed before the handshake was done.
    package static var handshakeInterrupted: Self { Self(value: .handshakeInterrupted) }
    /// The peer's first bytes are no TLS record.
    package static var notTLS: Self { Self(value: .notTLS) }
    /// The peer speaks plain HTTP on a TLS port.
    package static var plainHTTP: Self { Self(value: .plainHTTP) }
    /// The peer offers no protocol version of ours (1.2 and 1.3).
    package static var unsupportedVersion: Self { Self(value: .unsupportedVersion) }
    /// The peer's certificate does not lead to a trusted root.
    package static var peerUntrusted: Self { Self(value: .peerUntrusted) }
    /// The server's certificate is for other names.
    package static var hostNameMismatch: Self { Self(value: .hostNameMismatch) }
    /// The client gave no certificate although one is required.
    package static var clientCertificateMissing: Self { Self(value: .clientCertificateMissing) }
    /// The peer sent a fatal alert; the message names it.
    package static var refusedByPeer: Self { Self(value: .refusedByPeer) }
}

/// Found on an open connection.
extension TLSError.Code {
    /// The peer broke the protocol (RFC 8446 §6.2), such as a record that does not decrypt.
    package static var protocolViolation: Self { Self(value: .protocolViolation) }
    /// The transport ended without the peer's close_notify: data may be missing (RFC 8446 §6.1).
    package static var truncated: Self { Self(value: .truncated) }
    /// Written after the connection was closed.
    package static var closed: Self { Self(value: .closed) }
    /// More was written before the end of the handshake than is kept.
    package static var queueFull: Self { Self(value: .queueFull) }
}
