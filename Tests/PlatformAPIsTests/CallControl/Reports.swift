// SPDX-License-Identifier: Apache-2.0

import PlatformAPIs
import Synchronization

/// Collects what call control reports, and the pauses it takes.
final class Reports: Sendable {
    private let reports = Mutex<[CallControlReport]>([])
    private let waits = Mutex<[Duration]>([])

    var all: [CallControlReport] { reports.withLock { $0 } }
    var pauses: [Duration] { waits.withLock { $0 } }

    func add(_ report: CallControlReport) { reports.withLock { $0.append(report) } }
    func wait(_ duration: Duration) { waits.withLock { $0.append(duration) } }
}
