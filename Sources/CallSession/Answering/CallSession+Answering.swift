// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio
import VoiceBridge

// Who answered.
extension CallSession {
    /// Begins to listen for who answered, first to what was kept since the start of the call; nil stops that.
    mutating func detectAnswering(_ method: AnsweringMethod?, at now: CallInstant) {
        let rate = configuration.botFormat.sampleRate
        answering = method.flatMap { AnsweringWatch($0, sampleRate: rate, at: now) }
        // A copy is emptied: what was kept is still there for others.
        guard answering != nil, var ring = kept else { return }
        watchAnswering(ring.take(ring.count).span, at: now)
    }

    /// Gives the watch the caller's audio at the bot's rate.
    mutating func watchAnswering(_ samples: Span<Int16>, at now: CallInstant) {
        // Taken out, so that it is changed where it lies and not copied.
        guard var watch = answering else { return }
        answering = nil
        watch.process(samples, isGuarded: ledger.mayHoldUnheard(at: now), at: now) { notify(.answering($0)) }
        answering = watch
    }

    /// Lets time go on for the watch when the platform sends no audio.
    mutating func watchAnsweringWithoutAudio(at now: CallInstant) {
        guard $answering, var watch = answering, let deadline = watch.deadline, now >= deadline else { return }
        answering = nil
        watch.pass(isGuarded: ledger.mayHoldUnheard(at: now), at: now) { notify(.answering($0)) }
        answering = watch
    }

    /// Tells the watch of a key.
    mutating func keyAnswers() {
        guard var watch = answering else { return }
        answering = nil
        watch.press { notify(.answering($0)) }
        answering = watch
    }
}
