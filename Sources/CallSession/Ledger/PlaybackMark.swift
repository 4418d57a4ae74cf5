// SPDX-License-Identifier: Apache-2.0

import CallModel

/// A mark that was sent and not yet answered.
struct PlaybackMark: Sendable, Equatable {
    /// The number that its name carries.
    var number: UInt64
    /// Samples given to the platform, and not taken back, when it was sent.
    var position: Int64
    /// No platform can have played up to it before.
    var earliest: CallInstant
    /// An answer after this is not waited for.
    var deadline: CallInstant
}

/// What the answer to a mark told.
package enum MarkVerdict: Sendable, Equatable {
    /// Playback reached it when it could have.
    case honest
    /// It came back a little before its audio can have been played, as from players that announce a frame when they fetch it,
    /// or that echo marks without playing: it proves nothing.
    case early
    /// It came back later than a player that plays on time would send it: played, but no measure of when.
    case late
    /// It came back before its audio could have been played: the platform echoes marks without playing.
    case suspect
    /// Its audio was taken back before.
    case flushed
    /// No such mark is awaited.
    case unknown
}
