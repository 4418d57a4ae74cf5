// SPDX-License-Identifier: Apache-2.0

/// Something that makes a run fail.
package struct LoadFault: Sendable, Equatable, CustomStringConvertible {
    /// The kinds, by the names that the JSON report has.
    package enum Kind: String, Sendable, CaseIterable {
        /// Calls did not come about, or broke.
        case callsFailed = "calls_failed"
        /// Frames never came back.
        case framesLost = "frames_lost"
        /// Frames came twice, or silence was put between.
        case framesRepeated = "frames_repeated"
        /// Frames came in another order.
        case outOfOrder = "out_of_order"
        /// Another call's sound was heard.
        case crossTalk = "cross_talk"
        /// Silence came where sound was due.
        case silence
        /// Sound that is nothing known.
        case garbled
        /// Messages that the platform does not take.
        case violations
        /// The 99th percentile of latency is above its bound.
        case late
        /// There is nothing that could be judged.
        case nothingMeasured = "nothing_measured"
    }

    /// The kind.
    package let kind: Kind
    /// What was seen, in words.
    package let detail: String

    /// `frames_lost: 12 of 1000`.
    package var description: String { "\(kind.rawValue): \(detail)" }
}
