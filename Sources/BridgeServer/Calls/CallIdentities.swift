// SPDX-License-Identifier: Apache-2.0

package import CallModel
import Synchronization

/// The calls that are live, by what the platform calls them, so that a second socket for one of them is noticed.
///
/// Platforms open a socket again when they believe the first one lost. Two live sockets of one call would be two bots and
/// two records; so the first one keeps the call, unless nothing was heard on it for ``patience``: then it is taken for
/// dead and the newest one wins.
package final class CallIdentities: Sendable {
    /// What a platform calls a call, on one route and of one tenant: nobody can take another's.
    package struct Identity: Sendable, Hashable {
        let route: String
        let tenant: String?
        let call: CallID
        let stream: String

        /// The identity of a call that began on a route.
        package init(route: String, tenant: String? = nil, start: CallStart) {
            self.route = route
            self.tenant = tenant
            call = start.callID
            stream = start.streamID
        }
    }

    /// A live call's hold on its identity.
    package final class Claim: Sendable {
        fileprivate let identity: Identity
        fileprivate let lastHeard: Atomic<Int64>
        fileprivate let onReplaced: @Sendable () -> Void

        fileprivate init(_ identity: Identity, at now: CallInstant, onReplaced: @escaping @Sendable () -> Void) {
            self.identity = identity
            self.onReplaced = onReplaced
            lastHeard = Atomic(now.nanoseconds)
        }

        /// Something came from the peer.
        package func heard(at now: CallInstant) { lastHeard.store(now.nanoseconds, ordering: .relaxed) }
    }

    private let claims = Mutex<[Identity: Claim]>([:])
    private let patience: Duration

    /// No calls.
    ///
    /// - Parameter patience: silence after which a socket is taken for dead.
    package init(patience: Duration = .seconds(5)) { self.patience = patience }

    /// Claims an identity for a call that begins.
    ///
    /// - Parameters:
    ///   - identity: what the platform calls it.
    ///   - now: the time.
    ///   - onReplaced: called, on any thread, when a newer call takes the identity over.
    /// - Returns: the hold on it, to be given to ``leave(_:)`` at the call's end; nil while another call is alive under it.
    package func claim(
        _ identity: Identity,
        at now: CallInstant,
        onReplaced: @escaping @Sendable () -> Void
    ) -> Claim? {
        let claim = Claim(identity, at: now, onReplaced: onReplaced)
        let (isGranted, replaced) = claims.withLock { claims -> (Bool, Claim?) in
            let old = claims[identity]
            if let old, now < CallInstant(nanoseconds: old.lastHeard.load(ordering: .relaxed)) + patience {
                return (false, nil)
            }
            claims[identity] = claim
            return (true, old)
        }
        replaced?.onReplaced()
        return isGranted ? claim : nil
    }

    /// Gives an identity back; nothing happens when another call has taken it over.
    package func leave(_ claim: Claim) {
        claims.withLock { claims in
            guard claims[claim.identity] === claim else { return }
            claims[claim.identity] = nil
        }
    }

    /// Identities that are held.
    package var count: Int { claims.withLock { $0.count } }
}
