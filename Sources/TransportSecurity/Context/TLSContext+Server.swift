// SPDX-License-Identifier: Apache-2.0
import COpenSSL

extension TLSContext {
    /// A server's context: reads and checks the files.
    /// - Throws: ``TLSError`` that names the file, what is wrong with it and what to do.
    package convenience init(_ configuration: TLSServerConfiguration) throws(TLSError) {
        try self.init(
            role: .server,
            minimumVersion: configuration.minimumVersion,
            maximumVersion: configuration.maximumVersion,
            applicationProtocols: configuration.applicationProtocols,
            verifiesServer: false,
            handshakeTimeout: configuration.handshakeTimeout,
            closeTimeout: configuration.closeTimeout
        )
        try use(
            chain: configuration.certificateChain,
            key: configuration.privateKey,
            acceptsExpired: configuration.acceptsExpiredCertificate
        )
        switch configuration.clientVerification {
        case .none: break
        case .optional(let authorities): try verifyClients(by: authorities, isRequired: false)
        case .required(let authorities): try verifyClients(by: authorities, isRequired: true)
        }
        // Tickets are sealed with keys of this context, so that one made under other settings is not accepted here.
        guard unsafe SSL_CTX_set_session_id_context(pointer, Array("voicebridge".utf8), 11) == 1 else {
            throw Self.failed("no session context")
        }
        if !configuration.applicationProtocols.isEmpty { selectApplicationProtocol() }
    }

    private func verifyClients(by source: PEMSource, isRequired: Bool) throws(TLSError) {
        let authorities = try trust(source, as: "client authority")
        for authority in authorities.certificates {
            guard unsafe SSL_CTX_add_client_CA(pointer, authority.pointer) == 1 else {
                throw Self.failed("client authority")
            }
        }
        let mode = SSL_VERIFY_PEER | (isRequired ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0)
        unsafe SSL_CTX_set_verify(pointer, mode, nil)
    }

    /// RFC 7301 §3.2: our preference decides; without a common protocol the handshake ends with the alert for that.
    private func selectApplicationProtocol() {
        unsafe SSL_CTX_set_alpn_select_cb(
            pointer,
            { ssl, chosen, chosenCount, offered, offeredCount, _ in
                guard let ssl = unsafe ssl, let offered = unsafe offered,
                    let connection = unsafe TLSConnection.owner(of: ssl)
                else { return SSL_TLSEXT_ERR_ALERT_FATAL }
                let list = unsafe UnsafeBufferPointer(start: offered, count: Int(offeredCount))
                guard
                    let range = unsafe ApplicationProtocols.choose(
                        connection.context.applicationProtocols,
                        from: list.span
                    )
                else { return SSL_TLSEXT_ERR_ALERT_FATAL }
                unsafe chosen?.pointee = unsafe offered + range.lowerBound
                unsafe chosenCount?.pointee = UInt8(range.count)
                return SSL_TLSEXT_ERR_OK
            },
            nil
        )
    }
}
