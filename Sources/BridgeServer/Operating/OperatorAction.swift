// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import VoiceBridge

/// What an operator asks of a call.
package enum OperatorAction: Sendable {
    /// End it now; audio that was not heard is taken back.
    ///
    /// With `endsStreamOnly`, also where that ends no more than the stream, and what becomes of the caller is the platform's.
    case hangUp(reason: String?, endsStreamOnly: Bool)
    /// Connect the caller elsewhere now.
    case transfer(TransferTarget)
    /// Play a prompt behind what is said already; with `waits` the outcome is how it ended, else that it was queued.
    case play(Prompt, InterruptionPolicy, waits: Bool)
    /// Take back what was not heard.
    case flush

    /// Whether what becomes of it is awaited once it was taken.
    var isAwaited: Bool {
        guard case .play(_, _, let waits) = self else { return true }
        return waits
    }
}

/// What became of what an operator asked of a call.
package enum OperatorOutcome: Sendable, Equatable {
    /// There is no such call any more.
    case gone
    /// The call's event loop did not come to it in time; it was not done, and will not be.
    case notTaken
    /// It was taken, and what becomes of it is not known yet.
    case underWay
    /// The call is over.
    case ended(EndReason)
    /// The platform was told to transfer.
    case transferred
    /// A prompt ended.
    case played(PlaybackOutcome)
    /// Whether there was something to take back, and whether the platform can throw away what was sent.
    case flushed(Bool, clears: Bool)
    /// It was refused, and the call goes on.
    case refused(CallError)
}
