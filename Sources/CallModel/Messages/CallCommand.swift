// SPDX-License-Identifier: Apache-2.0

/// What we tell a platform, in our own words; a dialect writes it in the platform's.
///
/// Audio does not travel in it: the session hands a dialect the bytes of each frame.
public enum CallCommand: Sendable, Equatable {
    /// The utterance whose frames were sent is complete.
    case utteranceEnd
    /// Drop all audio that is queued on the platform's side.
    case clear
    /// Tell us by this name when the audio sent so far has been played.
    case mark(String)
    /// Press these keys on the call.
    case digits(DTMFString)
    /// End the call.
    case hangUp(reason: String?)
    /// Connect the caller elsewhere and end our part.
    case transfer(TransferTarget)
}
