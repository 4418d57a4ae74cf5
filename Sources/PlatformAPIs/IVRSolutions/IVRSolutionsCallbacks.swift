// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects
internal import Digests
internal import Synchronization

/// Takes IVR Solutions' callbacks: checks the signature, drops what came before, and tells what is out of order.
///
/// The platform sends again what was not answered with success in time, up to five times, so an answer is given before
/// anybody acts on the event.
package final class IVRSolutionsCallbacks: HTTPReceiver {
    private struct State {
        var seen: RecentSet<[UInt8]>
        var calls: RecentSet<CallID>
        var stages: [CallID: IVRSolutionsCallEvent.Stage] = [:]
    }

    /// The field that carries the signature.
    static let signatureField = "x-signature"

    private let signature: BodySignature?
    private let observe: @Sendable (IVRSolutionsCallEvent, _ isLate: Bool) -> Void
    private let state: Mutex<State>

    /// A receiver.
    ///
    /// - Parameters:
    ///   - key: the `secret_key` registered with the webhook; nil takes callbacks unsigned.
    ///   - capacity: how many callbacks, and how many calls, are remembered. Default 4096 each.
    ///   - observe: told each callback once, and whether the call was further already; may not wait.
    package init(
        key: Secret?,
        capacity: Int = 4_096,
        observe: @escaping @Sendable (IVRSolutionsCallEvent, _ isLate: Bool) -> Void
    ) {
        signature = key.map { BodySignature(key: $0) }
        self.observe = observe
        state = Mutex(State(seen: RecentSet(capacity: capacity), calls: RecentSet(capacity: capacity)))
    }

    package func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
        guard request.method == "POST" else { return HTTPReply(status: 405) }
        if let signature {
            let given = request.headers.first { $0.name.lowercased() == Self.signatureField }?.value
            guard signature.isRight(given, of: request.body) else { return HTTPReply(status: 401) }
        }
        guard let json = try? JSONDocument.parse(request.body), let event = IVRSolutionsCallEvent(json),
            let digest = try? HashFunction.sha256.hash(request.body)
        else { return HTTPReply(status: 400) }
        if let isLate = admit(event, digest) { observe(event, isLate) }
        return HTTPReply(status: 200)
    }

    /// Whether an event comes after a later one of its call; nil when the same came before.
    private func admit(_ event: IVRSolutionsCallEvent, _ digest: [UInt8]) -> Bool? {
        state.withLock { state in
            guard state.seen.insert(digest) else { return nil }
            guard let stage = event.stage else { return false }
            if let dropped = state.calls.insertTellingDropped(event.call).dropped { state.stages[dropped] = nil }
            if let reached = state.stages[event.call], stage < reached { return true }
            state.stages[event.call] = stage
            return false
        }
    }
}
