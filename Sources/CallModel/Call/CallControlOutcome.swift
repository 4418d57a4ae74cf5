// SPDX-License-Identifier: Apache-2.0

/// What one action out of band came to, for a call's record.
public struct CallControlOutcome: Sendable, Equatable {
    /// What was asked for: `hang_up` or `transfer`.
    public let action: String
    /// Why it was not done, in at most 256 bytes; nil when it was.
    ///
    /// No number of a caller and no secret is in it.
    public let failure: String?
    /// From the question to the answer, or to the end of patience.
    public let time: Duration

    /// An outcome.
    ///
    /// - Parameters:
    ///   - action: what was asked for.
    ///   - failure: why it was not done; cut at 256 bytes.
    ///   - time: how long it took.
    public init(_ action: CallAction, failure: String?, time: Duration) {
        self.action = action.word
        self.failure = failure?.prefixed(toBytes: 256)
        self.time = time
    }
}

extension CallControlOutcome: CustomStringConvertible {
    /// `transfer: done in 120 ms`.
    public var description: String {
        let milliseconds = time.wholeMilliseconds
        guard let failure else { return "\(action): done in \(milliseconds) ms" }
        return "\(action): not done in \(milliseconds) ms: \(failure)"
    }
}
