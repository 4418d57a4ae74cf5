// SPDX-License-Identifier: Apache-2.0
import COpenSSL

extension TLSContext {
    /// A client's context: reads the roots, and the certificate if there is one.
    /// - Throws: ``TLSError`` that names the file, what is wrong with it and what to do.
    package convenience init(_ configuration: TLSClientConfiguration) throws(TLSError) {
        try self.init(
            role: .client,
            minimumVersion: configuration.minimumVersion,
            maximumVersion: configuration.maximumVersion,
            applicationProtocols: configuration.applicationProtocols,
            verifiesServer: configuration.verification == .full,
            handshakeTimeout: configuration.handshakeTimeout,
            closeTimeout: configuration.closeTimeout
        )
        if verifiesServer {
            switch configuration.trustRoots {
            case .system:
                guard unsafe SSL_CTX_set_default_verify_paths(pointer) == 1 else {
                    throw Self.failed("the system's trust roots")
                }
            case .only(let source): try trust(source, as: "trust root")
            }
        }
        unsafe SSL_CTX_set_verify(pointer, verifiesServer ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nil)
        if let identity = configuration.identity {
            try use(chain: identity.certificateChain, key: identity.privateKey, acceptsExpired: false)
        }
        try offerApplicationProtocols()
        keepSessions()
    }

    private func offerApplicationProtocols() throws(TLSError) {
        let list = ApplicationProtocols.wire(applicationProtocols)
        guard !list.isEmpty else { return }
        guard unsafe SSL_CTX_set_alpn_protos(pointer, list, UInt32(list.count)) == 0 else {
            throw Self.failed("ALPN")
        }
    }

    /// Each ticket goes to the connection's ``TLSClientSession``, as a copy: OpenSSL spoils its own when a connection
    /// breaks.
    private func keepSessions() {
        unsafe SSL_CTX_sess_set_new_cb(pointer) { ssl, session in
            guard let ssl = unsafe ssl, let session = unsafe session,
                let connection = unsafe TLSConnection.owner(of: ssl)
            else { return 0 }
            if let name = connection.serverName, let keeper = connection.session,
                let copy = unsafe SSL_SESSION_dup(session)
            {
                unsafe keeper.keep(copy, context: connection.context, name: name)
            }
            return 0
        }
    }
}
