// SPDX-License-Identifier: Apache-2.0
import COpenSSL
import Synchronization

/// Settings made ready once and shared by all connections of a listener or client (OpenSSL's `SSL_CTX`).
///
/// Make one per listener or kind of client, never one per connection: it holds the parsed certificates and the keys of
/// the session tickets. A connection holds its context, so that a replaced one lives until its last call ends.
///
/// Sendable, because `SSL_CTX` is counted atomically and locks what changes in it, and nothing of ours changes it after
/// `init`. Safe: the pointers live as long as the object and stay in this room.
@safe package final class TLSContext: @unchecked Sendable {
    /// The side it is for.
    package let role: TLSRole

    /// How long a handshake may take.
    package let handshakeTimeout: Duration

    /// How long a close waits for the peer's close_notify.
    package let closeTimeout: Duration

    /// Unique in the process: a client's session is offered only by the context that made it.
    let identifier: UInt64

    /// Protocols of ALPN, best first.
    let applicationProtocols: [String]

    /// Whether a client verifies chain and name.
    let verifiesServer: Bool

    let pointer: OpaquePointer

    /// How OpenSSL reaches our buffers; here, because it must outlive all connections.
    let bioMethod: OpaquePointer

    private static let identifiers = Atomic<UInt64>(0)

    /// A context with everything that both roles share.
    init(
        role: TLSRole,
        minimumVersion: TLSVersion,
        maximumVersion: TLSVersion,
        applicationProtocols: [String],
        verifiesServer: Bool,
        handshakeTimeout: Duration,
        closeTimeout: Duration
    ) throws(TLSError) {
        try Self.check(applicationProtocols)
        voicebridge_openssl_begin()
        OpenSSLFailure.clear()
        let method = unsafe role == .server ? TLS_server_method() : TLS_client_method()
        guard let context = unsafe SSL_CTX_new(method) else { throw Self.failed("no context") }
        guard let bioMethod = unsafe TLSConnection.makeBIOMethod() else {
            unsafe SSL_CTX_free(context)
            throw Self.failed("no BIO method")
        }
        self.role = role
        self.handshakeTimeout = handshakeTimeout
        self.closeTimeout = closeTimeout
        self.applicationProtocols = applicationProtocols
        self.verifiesServer = verifiesServer
        identifier = Self.identifiers.add(1, ordering: .relaxed).newValue
        unsafe pointer = context
        unsafe self.bioMethod = bioMethod
        try configure(minimumVersion, maximumVersion)
    }

    deinit {
        unsafe SSL_CTX_free(pointer)
        unsafe BIO_meth_free(bioMethod)
    }

    private func configure(_ minimum: TLSVersion, _ maximum: TLSVersion) throws(TLSError) {
        unsafe voicebridge_tls_set_options(pointer)
        unsafe voicebridge_tls_set_session_cache(pointer, role == .client ? 1 : 0)
        guard unsafe voicebridge_tls_set_versions(pointer, minimum.number, maximum.number) == 1 else {
            throw Self.failed("versions \(minimum) to \(maximum) are refused")
        }
        guard
            unsafe SSL_CTX_set_cipher_list(pointer, TLSSuites.version1_2) == 1,
            unsafe SSL_CTX_set_ciphersuites(pointer, TLSSuites.version1_3) == 1,
            unsafe voicebridge_tls_set_groups(pointer, TLSSuites.groups) == 1
        else { throw Self.failed("suites are refused") }
    }

    static func failed(_ what: String) -> TLSError {
        TLSError(.libraryFailure, "\(what): \(OpenSSLFailure.take().text)")
    }

    private static func check(_ protocols: [String]) throws(TLSError) {
        for name in protocols where !(1...255).contains(name.utf8.count) {
            throw TLSError(.badSettings, "the ALPN protocol '\(name.prefix(40))' must have 1 to 255 bytes")
        }
    }
}
