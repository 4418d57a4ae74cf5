// SPDX-License-Identifier: Apache-2.0
import COpenSSL

extension TLSError {
    /// The error for a handshake that OpenSSL gave up.
    /// - Parameters:
    ///   - failure: What the error queue held.
    ///   - verification: `SSL_get_verify_result`; `X509_V_OK` (0) when no certificate was refused.
    ///   - role: Which side we are.
    ///   - peer: Whom the message names: the server's name, or "the client".
    /// - Returns: The error with the narrowest code that fits.
    static func handshake(
        _ failure: OpenSSLFailure,
        verification: Int,
        role: TLSRole,
        peer: String
    ) -> TLSError {
        if failure.isTLS(SSL_R_CERTIFICATE_VERIFY_FAILED) {
            return certificateRefused(verification, role: role, peer: peer)
        }
        if let alert = failure.peerAlert { return refused(alert, peer: peer) }
        guard failure.library == Int32(ERR_LIB_SSL) else {
            return TLSError(.handshakeFailed, "handshake with \(peer) failed: \(failure.text)")
        }
        switch failure.reason {
        case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST:
            return TLSError(.plainHTTP, "\(peer) speaks plain HTTP on a TLS port: use https or wss there")
        case SSL_R_WRONG_VERSION_NUMBER, SSL_R_UNEXPECTED_MESSAGE, SSL_R_BAD_RECORD_TYPE, SSL_R_PACKET_LENGTH_TOO_LONG,
            SSL_R_RECORD_TOO_SMALL, SSL_R_INVALID_CCS_MESSAGE:
            return TLSError(.notTLS, "what \(peer) sent is not TLS (\(failure.text)): check scheme and port")
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW, SSL_R_NO_PROTOCOLS_AVAILABLE:
            return TLSError(.unsupportedVersion, "\(peer) offers neither TLS 1.2 nor 1.3 (\(failure.text))")
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
            return TLSError(.clientCertificateMissing, "\(peer) gave no certificate, and one is required here")
        default:
            return TLSError(.handshakeFailed, "handshake with \(peer) failed: \(failure.text)")
        }
    }

    /// The error for a record on an open connection that OpenSSL refused.
    static func record(_ failure: OpenSSLFailure, peer: String) -> TLSError {
        if let alert = failure.peerAlert { return refused(alert, peer: peer) }
        return TLSError(.protocolViolation, "\(peer) broke the protocol: \(failure.text)")
    }

    private static func refused(_ alert: Int32, peer: String) -> TLSError {
        let name = unsafe String(cString: SSL_alert_desc_string_long(alert))
        return TLSError(.refusedByPeer, "\(peer) refused with alert \(alert) (\(name))")
    }

    private static func certificateRefused(_ verification: Int, role: TLSRole, peer: String) -> TLSError {
        let reason = unsafe String(cString: X509_verify_cert_error_string(verification))
        switch Int32(truncatingIfNeeded: verification) {
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            return TLSError(.hostNameMismatch, "the certificate is not for \(peer) (\(reason))")
        default:
            let remedy = role == .client ? "give its issuer as trust root" : "check the client's certificate and our CA"
            return TLSError(.peerUntrusted, "certificate of \(peer) refused: \(reason); \(remedy)")
        }
    }
}
