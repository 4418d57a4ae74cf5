// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Keeps the bot's own voice, come back over the line, from counting as the caller's.
///
/// It knows how loud each 20 ms of the bot's audio were and when they are played. What comes back within 600 ms of them is
/// held to be their echo unless it is louder than the coupling of the line allows. The coupling is learnt: from −9 dB, which
/// few lines reach, it falls while the bot is heard and nothing as loud comes back, and rises slowly while something does;
/// a caller as loud as the bot is louder than that from the first word on.
struct EchoGuard: Sendable {
    /// The range of a line's coupling, −50…−9 dB, the last of which is where it begins; all such figures are ratios of powers.
    private static let couplings: ClosedRange<Float> = 0.000_01...0.125_9
    /// What is louder than the coupling by this, 4 dB, is no echo.
    private static let margin: Float = 2.512
    /// By how much the coupling rises for 20 ms that are louder than it: 0.6 dB.
    private static let rise: Float = 1.148
    /// By how much it falls for 20 ms that are softer: 0.1 dB, and 0.5 dB on a line that has never echoed.
    private static let fall: (slow: Float, quick: Float) = (0.977, 0.891)
    /// How long an echo may be under way, in slots of 20 ms.
    private static let reach: Int64 = 30
    /// How much earlier than expected the platform may play, in slots.
    private static let early: Int64 = 3
    /// The bot must be this loud, in power, for its echo to tell anything: −45 dBFS.
    private static let audible: Float = 33_954
    private static let slotNanoseconds: Int64 = 20_000_000
    private static let slotCount: Int64 = 512

    /// Empty until the bot is heard.
    private var powers: [Float] = []
    private var stamps: [Int32] = []
    private let origin: CallInstant
    /// The power of an echo against that of what it is of.
    private(set) var coupling = couplings.upperBound
    private var audibleFrames = 0
    private var hasEchoed = false
    private var quiet = 0
    /// Whether the line was louder than an echo in the frame judged last.
    private(set) var isLoud = false
    /// Frames in a row, but for dips of one or two, in which the line was louder than an echo.
    private(set) var loudFrames = 0

    init(from origin: CallInstant) { self.origin = origin }

    private func slot(_ instant: CallInstant) -> Int64 {
        (instant.nanoseconds - origin.nanoseconds) / Self.slotNanoseconds
    }

    /// Books what the caller will hear from `start` on, as the power of its loudest 20 ms.
    mutating func play(power: Float, from start: CallInstant, for duration: Duration) {
        if stamps.isEmpty {
            powers = [Float](repeating: 0, count: Int(Self.slotCount))
            stamps = [Int32](repeating: -1, count: Int(Self.slotCount))
        }
        let first = max(0, slot(start))
        for slot in first...max(first, self.slot(start + duration - .nanoseconds(1))) {
            let index = Int(slot % Self.slotCount)
            let isNew = stamps[index] != Int32(truncatingIfNeeded: slot)
            powers[index] = isNew ? power : max(powers[index], power)
            stamps[index] = Int32(truncatingIfNeeded: slot)
        }
    }

    /// Forgets what was to be played after `now`.
    mutating func flush(at now: CallInstant) {
        guard !stamps.isEmpty else { return }
        let first = max(0, slot(now)) + 1
        for slot in first..<first + Self.slotCount - Self.reach - Self.early {
            stamps[Int(slot % Self.slotCount)] = -1
        }
    }

    /// The loudest 20 ms whose echo may come at `now`.
    private func reference(at now: CallInstant) -> Float {
        guard !stamps.isEmpty else { return 0 }
        let last = slot(now) + Self.early
        var loudest: Float = 0
        for slot in max(0, last - Self.reach - Self.early)...max(0, last) {
            let index = Int(slot % Self.slotCount)
            if stamps[index] == Int32(truncatingIfNeeded: slot) { loudest = max(loudest, powers[index]) }
        }
        return loudest
    }

    /// Judges 20 ms of the caller's line; `isSound` when they are more than its noise.
    mutating func judge(power: Float, isSound: Bool, at now: CallInstant) {
        let reference = reference(at: now)
        guard reference > Self.audible else { return count(isSound) }
        audibleFrames += 1
        let ratio = power / reference
        count(isSound && ratio > coupling * Self.margin)
        learn(ratio, isSound: isSound)
    }

    private mutating func count(_ isLoud: Bool) {
        self.isLoud = isLoud
        quiet = isLoud ? 0 : quiet + 1
        if isLoud { loudFrames += 1 } else if quiet > 2 { loudFrames = 0 }
    }

    private mutating func learn(_ ratio: Float, isSound: Bool) {
        // An echo takes time to come for the first time.
        guard Int64(audibleFrames) > Self.reach else {
            if isSound, ratio < Self.couplings.upperBound * Self.margin { hasEchoed = true }
            return
        }
        let step: Float
        if isSound {
            hasEchoed = hasEchoed || ratio < Self.couplings.upperBound * Self.margin
            step = ratio > coupling ? Self.rise : Self.fall.slow
        } else {
            step = hasEchoed ? Self.fall.slow : Self.fall.quick
        }
        coupling = min(max(coupling * step, Self.couplings.lowerBound), Self.couplings.upperBound)
    }

    /// What counted as the caller's was none: the line couples as strongly as can be.
    mutating func wasWrong() {
        coupling = Self.couplings.upperBound
        hasEchoed = true
        loudFrames = 0
    }
}
