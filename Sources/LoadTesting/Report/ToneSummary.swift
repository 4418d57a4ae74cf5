// SPDX-License-Identifier: Apache-2.0

/// The way through the bot as the calls' tones tell it.
package struct ToneSummary: Sendable, Equatable {
    /// Calls whose tone came back.
    package private(set) var calls = 0
    /// The least gain of a call, in decibels.
    package private(set) var leastGain = Double.infinity
    /// The greatest gain of a call, in decibels.
    package private(set) var greatestGain = -Double.infinity
    /// The worst call's tone above everything else, in decibels.
    package private(set) var worstClarity = Double.infinity
    /// Tones and what their phase says of the delay, in turns of each; the first so many.
    private var phases: [(frequency: Int, turns: Double)] = []
    private static let phaseLimit = 64

    package static func == (one: ToneSummary, other: ToneSummary) -> Bool {
        one.calls == other.calls && one.leastGain == other.leastGain && one.greatestGain == other.greatestGain
            && one.worstClarity == other.worstClarity
    }

    mutating func add(_ windows: GoodWindows, frequency: Int, reference: Double?) {
        guard let gain = windows.gain, let clarity = windows.clarity else { return }
        calls += 1
        leastGain = min(leastGain, gain)
        greatestGain = max(greatestGain, gain)
        worstClarity = min(worstClarity, clarity)
        if let reference, phases.count < Self.phaseLimit { phases.append((frequency, reference)) }
    }

    mutating func merge(_ other: ToneSummary) {
        calls += other.calls
        leastGain = min(leastGain, other.leastGain)
        greatestGain = max(greatestGain, other.greatestGain)
        worstClarity = min(worstClarity, other.worstClarity)
        phases = Array((phases + other.phases).prefix(Self.phaseLimit))
    }

    /// The delay of the way through the bot in milliseconds, as filters have it.
    ///
    /// It comes beside the whole frames that latency counts: the one from 0 to 20 ms that fits the phases of tones below
    /// 2 kHz. Nil for fewer than four such tones, or
    /// when no delay fits them.
    package var delay: Double? {
        let low = phases.filter { $0.frequency < 2_000 }
        guard low.count >= 4 else { return nil }
        func misfit(_ seconds: Double) -> Double {
            low.reduce(0) { sum, tone in
                let off = withoutTurns(tone.turns + Double(tone.frequency) * seconds)
                return sum + off * off
            }
        }
        let candidates = stride(from: 0, to: 0.02, by: 0.000_01)
        guard let best = candidates.min(by: { misfit($0) < misfit($1) }) else { return nil }
        // An eighth of a turn, on the average.
        return misfit(best) / Double(low.count) < 1.0 / 64 ? best * 1_000 : nil
    }
}
