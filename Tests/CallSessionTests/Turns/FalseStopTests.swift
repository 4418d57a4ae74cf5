// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

/// How often the bot stops for what is no speech of the caller's; the figures are printed.
@Suite("False stops", .serialized)
struct FalseStopTests {
    struct Outcome {
        /// Times the bot was stopped.
        var stops = 0
        /// Of those, times it did not go on.
        var losses = 0
        /// From the beginning of the first stop's sound to the clear, in milliseconds.
        var delays: [Int] = []
    }

    /// A bot that reads its greeting to a caller who makes these sounds, over an echo of this gain and delay.
    private func run(
        seconds: Int = 11,
        echo: (gain: Double, delay: Int)? = nil,
        sounds: [(time: Int, sound: [Int16])] = [],
        _ configure: (inout CallSessionConfiguration) -> Void = { _ in }
    ) throws -> Outcome {
        var driver = Driver(configure: configure)
        driver.line = Line(seconds: seconds + 10)
        if let echo {
            driver.line?.echoGain = pow10(echo.gain)
            driver.line?.echoDelay = echo.delay
        }
        let greeting = try Sounds.speech("greeting-and-menu")
        driver.listen(until: 300)
        driver.play(1, greeting)
        driver.listen(to: sounds, until: seconds * 1_000 + 300)
        let stops = driver.timeline.lines("event interrupted")
        let resumed = driver.timeline.lines("event resumed").count
        let delays = stops.compactMap { stop in
            sounds.last { $0.time <= Int(stop.milliseconds) }.map { Int(stop.milliseconds) - $0.time }
        }
        return Outcome(stops: stops.count, losses: stops.count - resumed, delays: delays)
    }

    private func pow10(_ decibels: Double) -> Double { Double(Sounds.scaled([32_767], by: decibels)[0]) / 32_767 }

    @Test("the bot's own echo never stops it for good, and hardly at all")
    func echo() throws {
        var (stops, losses, seconds) = (0, 0, 0)
        for gain in [-10.0, -15, -20, -25, -30] {
            var line = "echo \(Int(gain)) dB:"
            for delay in [40, 320] {
                let outcome = try run(echo: (gain, delay))
                line += "  \(delay) ms: \(outcome.stops) stops, \(outcome.losses) lost"
                stops += outcome.stops
                losses += outcome.losses
                seconds += 11
            }
            print(line)
        }
        print("echo: \(stops) false stops in \(seconds) s of the bot's speech, \(losses) of them for good")
        #expect(losses == 0)
        #expect(stops <= 2)
    }

    @Test("coughs stop the bot for a moment at most")
    func coughs() throws {
        var all = Outcome()
        var count = 0
        for (level, length) in [(-30.0, 150), (-20, 200), (-12, 250), (-12, 350), (-6, 400)] {
            let sounds = (0..<6).map { index in
                (time: 1_000 + index * 1_600, sound: Sounds.cough(milliseconds: length, level: level, seed: index))
            }
            let outcome = try run(sounds: sounds)
            print(
                "coughs of \(length) ms at \(Int(level)) dBFS: \(outcome.stops) of 6 stop the bot, \(outcome.losses) for good"
            )
            all.stops += outcome.stops
            all.losses += outcome.losses
            count += sounds.count
        }
        print("coughs: \(all.stops) of \(count) stop the bot, \(all.losses) for good")
        #expect(all.losses == 0)
        #expect(all.stops <= count * 2 / 3)
    }

    @Test("a word of assent stops the bot for half a second, not for good")
    func backChannel() throws {
        let voice = try Sounds.speech("connecting")
        var all = Outcome()
        var count = 0
        for length in [200, 300, 400] {
            let sounds = (0..<5).map { index in
                (
                    time: 1_000 + index * 1_900,
                    sound: Sounds.backChannel(voice, from: 2_400 + index * 2_000, milliseconds: length)
                )
            }
            let outcome = try run(echo: (-25, 80), sounds: sounds)
            print("words of \(length) ms: \(outcome.stops) of 5 stop the bot, \(outcome.losses) for good")
            all.losses += outcome.losses
            count += sounds.count
        }
        #expect(all.losses == 0)
    }

    @Test("music behind the caller does not keep the bot from speaking")
    func music() throws {
        for level in [-30.0, -20] {
            let music = [(time: 0, sound: Sounds.music(milliseconds: 12_000, level: level))]
            let outcome = try run(echo: (-25, 80), sounds: music)
            print("music at \(Int(level)) dBFS: \(outcome.stops) stops, \(outcome.losses) for good")
            #expect(outcome.losses <= (level > -25 ? 1 : 0))
        }
    }

    @Test("a caller who means it stops the bot for good, over any echo", arguments: [-10.0, -20])
    func meant(gain: Double) throws {
        let voice = try Sounds.speech("say-it-back")
        var delays: [Int] = []
        for start in [1_500, 6_200] {
            let outcome = try run(echo: (gain, 120), sounds: [(time: start, sound: voice)])
            #expect(outcome.losses == 1, "\(start)")
            delays += outcome.delays.prefix(1)
        }
        print("speech over an echo of \(Int(gain)) dB stops the bot after \(delays) ms")
        #expect((delays.max() ?? .max) <= 900)
    }
}
