// SPDX-License-Identifier: Apache-2.0

/// Follows one call's tone through the sound that comes back, window by window.
///
/// The phase of the tone tells which frame of its second a window belongs to, so that a missing, repeated or misplaced
/// frame is seen at once, whatever delay and filters lie between. A window that is not what it should be opens a stretch of
/// ``stretchWindows``, which is judged as a whole: frames that end where they should were out of order, frames that stay
/// ahead mean a loss.
package struct ToneCheck: Sendable {
    /// Windows that are passed over at the beginning, while filters fill.
    private static let settlingWindows = 3
    /// A tone below this part of its peak, and sound below this part of the tone's level, is none.
    private static let silenceLevel: Float = 0.05
    /// The part of a window's energy that has to be the tone's.
    private static let wantedShare: Float = 0.7

    /// More windows than this that jump about, and frames did not come whole.
    private static let mostUnfollowed = 6

    private let frequency: Int
    private let sampleRate: Int
    private let frameSamples: Int
    private let framesPerSecond: Int
    /// What the tone's frequency is to be multiplied by to be 1 among the frames of a second.
    private let inverse: Int
    let windowSamples: Int
    /// How many windows are judged together.
    let stretchWindows: Int

    /// The first sample of the next window.
    private var position = 0
    /// The tone's phase at sample 0, in turns; its delay, as far as a phase tells it.
    private(set) var reference: Double?
    private var settling = 0
    private var silentAtFirst = 0
    /// Frames that were lost less frames that were repeated.
    private var base = 0
    /// Windows that could not be followed since one was what it should be.
    private var unfollowed = 0
    /// Whether the tone was followed by whole frames all the while.
    ///
    /// After a slip by parts of frames its phase no longer tells which frame a window belongs to: its place in the call, and
    /// with it the frame's delay, is not known any more.
    private(set) var knowsPlace = true
    private var stretch: [Window] = []
    private var sound: [Float] = []
    /// Windows that were what they should be, and what was measured in them.
    package private(set) var good = GoodWindows()

    private struct Window {
        /// Which frame came, less which should have; nil when the tone is not to be followed.
        var shift: Int?
        /// The tone's phase at sample 0, as this window tells it; nil when there is no tone.
        var turns: Double?
        var isSilent: Bool
    }

    /// The length of a window: 20 ms, or a frame where that is shorter.
    static func windowSamples(sampleRate: Int, frameMilliseconds: Int) -> Int {
        sampleRate * min(frameMilliseconds, 20) / 1_000
    }

    /// Follows a tone.
    ///
    /// - Parameters:
    ///   - frequency: One of ``ToneScale/frequencies``.
    ///   - sampleRate: In hertz.
    ///   - frameMilliseconds: What one message carries; a divisor of 1,000.
    package init(frequency: Int, sampleRate: Int, frameMilliseconds: Int) {
        self.frequency = frequency
        self.sampleRate = sampleRate
        frameSamples = sampleRate * frameMilliseconds / 1_000
        let frames = 1_000 / frameMilliseconds
        framesPerSecond = frames
        inverse = (1...max(frames, 1)).first { $0 * frequency % frames == 1 % frames } ?? 1
        windowSamples = Self.windowSamples(sampleRate: sampleRate, frameMilliseconds: frameMilliseconds)
        stretchWindows = 3 * (frameSamples / windowSamples) + 5
    }

    /// How many frames the sound is ahead of what was counted, as far as is known by now.
    package var shift: Int { stretch.last?.shift ?? base }

    /// The same without what has not been judged.
    package var settledShift: Int { base }

    /// Takes the next window.
    ///
    /// - Parameters:
    ///   - measure: What a ``ToneMeter`` for this tone found in it.
    ///   - samples: The window.
    /// - Returns: What was wrong with the stretch that ends here.
    package mutating func observe(_ measure: ToneMeasure, _ samples: Span<Float>) -> ToneFinding? {
        let expected = Double(frequency * (position % sampleRate) % sampleRate) / Double(sampleRate)
        let turns = Double(measure.phase) - expected
        position += windowSamples
        let isSilent = measure.level < Self.silenceLevel * Float(ToneScale.amplitude)
        let isTone = measure.share >= Self.wantedShare && !isSilent
        if reference == nil {
            if isSilent {
                silentAtFirst += 1
                // A second of silence may come before the first sound.
                guard silentAtFirst > sampleRate / windowSamples else { return nil }
                return silentAtFirst.isMultiple(of: stretchWindows) ? .silence(stretchWindows) : nil
            }
            settling += 1
            guard settling > Self.settlingWindows else { return nil }
            if isTone, stretch.isEmpty {
                reference = withoutTurns(turns)
                good.add(measure)
                return nil
            }
        }
        let found = isTone ? shift(at: turns) : nil
        if stretch.isEmpty, found == base {
            good.add(measure)
            unfollowed = 0
            return nil
        }
        if !isSilent, found == nil || found != (stretch.last?.shift ?? base) { unfollowed += 1 }
        stretch.append(Window(shift: found, turns: isTone ? turns : nil, isSilent: isSilent))
        for index in samples.indices { sound.append(samples[index]) }
        guard stretch.count == stretchWindows else { return nil }
        defer {
            stretch.removeAll(keepingCapacity: true)
            sound.removeAll(keepingCapacity: true)
        }
        return judge()
    }

    /// Which frame a phase belongs to, less which was counted, as near to what is known as can be.
    ///
    /// Nil between two frames.
    private func shift(at turns: Double) -> Int? {
        guard let reference else { return nil }
        let steps = withoutTurns(turns - reference) * Double(framesPerSecond)
        guard abs(steps - steps.rounded()) < 0.1 else { return nil }
        return base + wrapped(Int(steps.rounded()) * inverse - base)
    }

    /// The frame of the second, half a second to both sides.
    private func wrapped(_ frames: Int) -> Int {
        let rest = ((frames % framesPerSecond) + framesPerSecond) % framesPerSecond
        return rest > framesPerSecond / 2 ? rest - framesPerSecond : rest
    }

    private mutating func judge() -> ToneFinding {
        let silent = stretch.count { $0.isSilent }
        if silent > stretch.count / 2 { return .silence(silent) }
        guard unfollowed <= Self.mostUnfollowed, let last = stretch.last?.shift,
            stretch.suffix(3).allSatisfy({ $0.shift == last })
        else {
            if unfollowed > Self.mostUnfollowed { knowsPlace = false }
            follow()
            return .strange(sound)
        }
        let moved = last - base
        if moved == 0 {
            if silent > 0 { return .silence(silent) }
            let misplaced = stretch.contains { $0.shift != nil && $0.shift != base }
            return misplaced ? .outOfOrder : .strange(sound)
        }
        base += moved
        return moved > 0 ? .lost(moved) : .repeated(-moved)
    }

    /// Follows the tone from another phase, after a slip by a part of a frame or by many pieces, when the stretch ends in a
    /// steady one.
    private mutating func follow() {
        let tail = stretch.suffix(3).compactMap(\.turns)
        guard let reference, tail.count == 3 else { return }
        guard tail.allSatisfy({ abs(withoutTurns($0 - tail[2])) * Double(framesPerSecond) < 0.1 }) else { return }
        // Such that the frames counted by now stay as they are.
        let counted = Double(base * frequency % framesPerSecond) / Double(framesPerSecond)
        let found = withoutTurns(tail[2] - counted)
        if abs(withoutTurns(found - reference)) * Double(framesPerSecond) >= 0.1 { knowsPlace = false }
        self.reference = found
    }
}
