// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import TestSupport

/// A call that somebody or something answered, put together from a seed, and what is to be heard in it.
struct AnsweredCall {
    let isMachine: Bool
    private(set) var sound: LineSound
    /// Where the machine's beep ends, in milliseconds.
    private(set) var beepEnd: Int?
    /// RMS of the white noise on the line, 16-bit scale.
    let noise: Double

    /// Somebody: up to three pieces of a prompt with pauses, 2.6 s in all at most, and then silence.
    init(personFrom seed: UInt64) throws {
        var random = RandomNumbers(seed: seed)
        isMachine = false
        noise = Double.random(in: 2...60, using: &random)
        sound = .silence(Int.random(in: 100...2500, using: &random))
        var left = 2600
        for part in 0..<Int.random(in: 1...3, using: &random) {
            let pause = part == 0 ? 0 : Int.random(in: 150...900, using: &random)
            let words = Int.random(in: 350...1100, using: &random)
            guard pause + words <= left else { break }
            left -= pause + words
            sound = try sound + .silence(pause) + Self.words(words, &random)
        }
        sound = sound + .silence(4000)
    }

    /// A machine: 4 s of a prompt and more, with pauses of up to 1.2 s, and a beep.
    init(machineFrom seed: UInt64) throws {
        var random = RandomNumbers(seed: seed)
        isMachine = true
        noise = Double.random(in: 2...60, using: &random)
        sound = .silence(Int.random(in: 100...1500, using: &random))
        for part in 0..<Int.random(in: 2...4, using: &random) {
            let pause = part == 0 ? 0 : Int.random(in: 200...1200, using: &random)
            sound = try sound + .silence(pause) + Self.words(Int.random(in: 2000...4000, using: &random), &random)
        }
        let frequency = Double.random(in: 410...1990, using: &random)
        let level = Double.random(in: -35 ... -6, using: &random)
        let length = Int.random(in: 85...900, using: &random)
        sound = sound + .silence(Int.random(in: 120...1200, using: &random)) + .tone([frequency], length, level: level)
        beepEnd = sound.samples.count / 8
        sound = sound + .silence(1500)
    }

    private static func words(_ milliseconds: Int, _ random: inout RandomNumbers) throws -> LineSound {
        let prompt = Fixtures.prompts[Int.random(in: 0..<Fixtures.prompts.count, using: &random)]
        return try .speech(prompt, milliseconds)
    }
}
