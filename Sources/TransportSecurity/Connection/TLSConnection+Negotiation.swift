// SPDX-License-Identifier: Apache-2.0
import COpenSSL

extension TLSConnection {
    /// What was agreed on; to be asked after the handshake.
    var negotiation: TLSNegotiation {
        TLSNegotiation(
            version: unsafe SSL_version(ssl) == TLS1_3_VERSION ? .v1_3 : .v1_2,
            suite: unsafe String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl))),
            applicationProtocol: chosenProtocol,
            isResumed: unsafe SSL_session_reused(ssl) == 1,
            serverName: requestedName,
            peerSubject: peerSubject
        )
    }

    private var chosenProtocol: String? {
        var name: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        unsafe SSL_get0_alpn_selected(ssl, &name, &count)
        guard count > 0, let name = unsafe name else { return nil }
        return unsafe String(decoding: UnsafeBufferPointer(start: name, count: Int(count)), as: UTF8.self)
    }

    private var requestedName: String? {
        guard let name = unsafe SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else { return nil }
        return unsafe String(cString: name)
    }

    private var peerSubject: String? {
        guard let certificate = unsafe SSL_get1_peer_certificate(ssl) else { return nil }
        return unsafe Certificate(owning: certificate).subject
    }
}
