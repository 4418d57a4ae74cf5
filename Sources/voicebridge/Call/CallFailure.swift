// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

/// A simulated call that did not end as the protocol says, in one line.
struct CallFailure: Error, CustomStringConvertible {
    let description: String

    init(_ result: SimulatedCallResult) {
        let more = result.violations.count > 1 ? " (and \(result.violations.count - 1) more violations)" : ""
        let cause = result.violations.first.map { "\($0) at \($0.time / .seconds(1)) s" } ?? result.endReason
        description = "the call did not end as the protocol says: \(cause)\(more)"
    }
}
