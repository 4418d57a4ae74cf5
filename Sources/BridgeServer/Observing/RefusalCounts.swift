// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Synchronization

/// Counts what was refused, by reason.
final class RefusalCounts: CallObserver {
    private let counts = Mutex<[String: Int]>([:])

    /// How often each reason was given.
    var byReason: [String: Int] { counts.withLock { $0 } }

    func refused(_ reason: String, route: String?, source: String, detail: String?) {
        counts.withLock { $0[reason, default: 0] += 1 }
    }

    func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {}
}
