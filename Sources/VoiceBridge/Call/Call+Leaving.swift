// SPDX-License-Identifier: Apache-2.0

public import CallModel

extension Call {
    /// Connects the caller elsewhere and ends the bot's part in the call.
    ///
    /// Returns when the platform was told; whether the far end answers is learnt by the platform alone. After it nothing
    /// more is said, and a second transfer throws.
    ///
    /// - Parameters:
    ///   - target: where to.
    ///   - timing: after everything said was heard, or at once.
    /// - Throws: ``CallError`` when the platform has no such transfer, the target is malformed, the call was transferred
    ///   before, or is over.
    public func transfer(to target: TransferTarget, _ timing: LeaveTiming = .afterPlayout) async throws {
        guard capabilities.transfers.contains(target.kind) else {
            throw CallError.unsupported("transfer to \(target.kind.rawValue)", platform: start.platform)
        }
        _ = try await ask { .transfer($0, target, timing) }
    }

    /// Ends the call and waits until it is over.
    ///
    /// - Parameters:
    ///   - timing: after everything said was heard, or at once.
    ///   - reason: more for the call's record.
    /// - Throws: `CancellationError` when the task is cancelled before the call is over.
    public func hangUp(_ timing: LeaveTiming = .afterPlayout, reason: String? = nil) async throws {
        port.submit(.hangUp(timing, reason: reason))
        try await waitUntilEnded()
    }
}
