// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// What a bot is to answer.
public enum ReplyOccasion: Sendable, Equatable {
    /// The call began: greet. Silence lets the caller speak first.
    case callBegan
    /// The caller said something.
    case said(Transcript)
    /// The caller said something that was not understood.
    case notUnderstood
    /// The caller pressed a key.
    case pressed(DTMFDigit)
    /// The caller has said nothing for a while, for this many times on end.
    case silent(times: Int)
}
