// SPDX-License-Identifier: Apache-2.0

/// What was wrong with a stretch of sound that came back.
package enum ToneFinding: Sendable, Equatable {
    /// So many frames are missing.
    case lost(Int)
    /// The sound slipped back by so many frames: they came twice, or silence was put between.
    case repeated(Int)
    /// Frames came in another order.
    case outOfOrder
    /// So many windows without sound.
    case silence(Int)
    /// A stretch in which the call's own tone is not to be followed: another call's tone, or no tone at all.
    case strange([Float])
}
