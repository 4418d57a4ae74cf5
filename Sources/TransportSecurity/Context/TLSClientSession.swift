// SPDX-License-Identifier: Apache-2.0
import COpenSSL
import Synchronization

/// The newest session with one server, kept by a client to shorten its next handshake (RFC 8446 §2.2, RFC 5077).
///
/// Make one per destination and give it to each ``TLSHandler`` that goes there, at once or one after the other. A
/// session is offered only by the context that made it and only under the same server name, so that a server that was
/// not verified then is never believed now.
package final class TLSClientSession: Sendable {
    /// A session of OpenSSL with what it is bound to.
    ///
    /// Sendable, because a session is counted atomically and is not changed after it was kept.
    @safe private struct Kept: @unchecked Sendable {
        let pointer: OpaquePointer
        let contextIdentifier: UInt64
        let name: ServerName
    }

    private let kept = Mutex<Kept?>(nil)

    /// Keeps nothing yet.
    package init() {}

    deinit { forget() }

    /// Whether there is a session to offer.
    package var isEmpty: Bool { kept.withLock { $0 == nil } }

    /// Drops the session.
    package func forget() { exchange(nil) }

    /// Takes over the reference.
    func keep(_ session: OpaquePointer, context: TLSContext, name: ServerName) {
        exchange(unsafe Kept(pointer: session, contextIdentifier: context.identifier, name: name))
    }

    /// Gives the session to a connection that has not begun, if it fits.
    func offer(to ssl: OpaquePointer, context: TLSContext, name: ServerName) {
        kept.withLock { kept in
            guard let kept, kept.contextIdentifier == context.identifier, kept.name == name,
                unsafe SSL_SESSION_is_resumable(kept.pointer) == 1
            else { return }
            _ = unsafe SSL_set_session(ssl, kept.pointer)
        }
    }

    private func exchange(_ new: Kept?) {
        let old = kept.withLock { kept in
            defer { kept = new }
            return kept
        }
        if let old { unsafe SSL_SESSION_free(old.pointer) }
    }
}
