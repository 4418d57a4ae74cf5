// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import VoiceBridge

// The caller, 20 ms at a time.
extension Driver {
    /// A voice that the detector takes for speech, of so many milliseconds.
    static func voice(_ milliseconds: Int, rate: Int = 8_000, height: Int16 = 8_000) -> [Int16] {
        Signal.square(rate * milliseconds / 1_000, height: height)
    }

    /// The caller makes this sound from now on, at the wire's rate, in real time.
    mutating func hear(_ samples: [Int16]) {
        let frame = wire.sampleRate / 50
        var start = 0
        while start < samples.count {
            let end = min(samples.count, start + frame)
            media(Array(samples[start..<end]))
            run(untilNanoseconds: now + 20_000_000)
            start = end
        }
    }

    /// The caller is silent for so many milliseconds.
    mutating func silence(_ milliseconds: Int) { hear(Signal.silence(wire.sampleRate * milliseconds / 1_000)) }

    /// The caller makes a sound for so many milliseconds.
    mutating func voice(_ milliseconds: Int, height: Int16 = 8_000) {
        hear(Self.voice(milliseconds, rate: wire.sampleRate, height: height))
    }

    /// Plays a prompt with text.
    mutating func play(_ number: UInt64, _ samples: [Int16], text: String? = nil, marks: [TextMark] = []) {
        let prompt = Prompt(AudioChunk(linear: samples, format: bot, position: 0), text: text, marks: marks)
        ask(.play(RequestID(number), PlaybackID(number), prompt, .allowed))
    }

    /// The events told to the bot, with their times in milliseconds.
    var events: [String] { timeline.lines("event").map { "\(Int($0.milliseconds)) \($0.text.dropFirst(6))" } }
}
