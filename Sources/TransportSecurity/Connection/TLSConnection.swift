// SPDX-License-Identifier: Apache-2.0
import COpenSSL
import NIOCore
import Synchronization

/// One TLS connection over buffers: no sockets, no clock (OpenSSL's `SSL`).
///
/// Ciphertext goes in with ``receive(_:)`` and comes out with ``takeCiphertext()``; in between stand ``handshake()``,
/// ``decrypt(into:)``, ``encrypt(_:)`` and ``sendCloseNotify()``. After a failure nothing but ``takeCiphertext()`` may
/// be called (it then holds the alert that tells the peer why).
///
/// Not Sendable: it belongs to one event loop. Safe: the pointer lives as long as the object and stays in this room.
@safe package final class TLSConnection {
    /// What came of a step.
    enum Outcome: Equatable {
        /// The step is done.
        case complete
        /// More ciphertext of the peer is needed.
        case incomplete
        /// The connection is dead.
        case failed(TLSError)
    }

    /// What came of reading.
    enum ReadOutcome: Equatable {
        /// All that arrived is decrypted.
        case open
        /// The peer sent close_notify: no byte follows.
        case closedByPeer
        /// The connection is dead.
        case failed(TLSError)
    }

    /// Kept alive as long as the connection.
    let context: TLSContext

    /// Whom a client reaches.
    let serverName: ServerName?

    /// Where a client keeps its session.
    let session: TLSClientSession?

    let ssl: OpaquePointer

    /// Ciphertext of the peer that OpenSSL has not read.
    var inbound = ByteBuffer()

    /// Ciphertext of ours that was not taken.
    var outbound = ByteBuffer()

    private static let live = Atomic<Int>(0)

    /// How many connections exist in this process: it must come back to what it was when calls have ended.
    package static var liveCount: Int { live.load(ordering: .relaxed) }

    /// A connection at its beginning.
    /// - Throws: ``TLSError`` with `libraryFailure` or `badSettings`.
    init(_ context: TLSContext, serverName: ServerName?, session: TLSClientSession?) throws(TLSError) {
        OpenSSLFailure.clear()
        guard let ssl = unsafe SSL_new(context.pointer) else { throw TLSContext.failed("no connection") }
        guard let bio = unsafe BIO_new(context.bioMethod) else {
            unsafe SSL_free(ssl)
            throw TLSContext.failed("no BIO")
        }
        unsafe SSL_set_bio(ssl, bio, bio)
        self.context = context
        self.serverName = serverName
        self.session = session
        unsafe self.ssl = ssl
        Self.live.add(1, ordering: .relaxed)
        let owner = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe BIO_set_data(bio, owner)
        unsafe voicebridge_tls_set_owner(ssl, owner)
        switch context.role {
        case .server: unsafe SSL_set_accept_state(ssl)
        case .client:
            unsafe SSL_set_connect_state(ssl)
            try expectServer()
        }
    }

    deinit {
        unsafe SSL_free(ssl)
        Self.live.subtract(1, ordering: .relaxed)
    }

    /// How a message names the peer.
    var peerName: String { serverName.map { "'\($0.text)'" } ?? "the client" }

    private func expectServer() throws(TLSError) {
        guard let serverName else { throw TLSError(.badSettings, "a client needs the server's name") }
        if !serverName.isAddress, unsafe voicebridge_tls_set_server_name(ssl, serverName.text) != 1 {
            throw TLSContext.failed("server name")
        }
        if context.verifiesServer {
            let isSet =
                if serverName.isAddress {
                    unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), serverName.text)
                } else {
                    unsafe SSL_set1_host(ssl, serverName.text)
                }
            guard isSet == 1 else { throw TLSContext.failed("server name") }
            unsafe SSL_set_hostflags(ssl, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        }
        unsafe session?.offer(to: ssl, context: context, name: serverName)
    }
}
