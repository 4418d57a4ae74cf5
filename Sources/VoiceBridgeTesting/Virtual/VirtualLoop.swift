// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import CallModel
import Synchronization

/// The thread of a virtual call: work waits until the driver runs it, and the clock is the driver's.
final class VirtualLoop: CallLoop {
    /// Virtual time begins a while after the clock's origin, so that earlier instants exist.
    private static let origin: Int64 = 1_000_000_000_000

    private struct State: Sendable {
        var work: [@Sendable () -> Void] = []
        var now = CallInstant(nanoseconds: VirtualLoop.origin)
    }

    private let state = Mutex(State())

    func execute(_ work: @escaping @Sendable () -> Void) { state.withLock { $0.work.append(work) } }

    var now: CallInstant { state.withLock { $0.now } }

    /// Sets the clock.
    func set(_ time: Duration) {
        let instant = CallInstant(nanoseconds: Self.origin) + time
        state.withLock { $0.now = instant }
    }

    /// The virtual time of an instant.
    static func time(of instant: CallInstant) -> Duration { instant - CallInstant(nanoseconds: origin) }

    /// Whether work waits.
    var hasWork: Bool { state.withLock { !$0.work.isEmpty } }

    /// Runs the work that waits.
    func run() {
        let work = state.withLock { state in
            defer { state.work = [] }
            return state.work
        }
        for item in work { item() }
    }
}
