// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio
import TestSupport
import Testing

@testable import CallSession

@Suite("Faults of the stream itself")
struct ExaminationTests {
    /// A voice in its rough outlines: a hundred partials that swell and fall.
    private static let voice: [Int16] = (0..<6 * 8_000).map { index in
        let time = Double(index) / 8_000
        let swell = 0.6 + 0.4 * sine(time * 3)
        return Int16(6_000 * swell * (0.6 * sine(time * 180) + 0.3 * sine(time * 410) + 0.1 * sine(time * 1_300)))
    }

    private static let turn = Tone.samples(of: [Tone(frequency: 1, amplitude: 32_000)], rate: 8_000, count: 8_000)

    private static func sine(_ turns: Double) -> Double {
        Double(turn[Int((turns - turns.rounded(.down)) * 8_000) % 8_000]) / 32_000
    }

    /// Notes of a call that is sent these bytes, so many a message, one message each 20 ms.
    private func notes(_ bytes: [UInt8], message: Int, seconds: Int, isOn: Bool = true) -> [(Double, String)] {
        var driver = Driver(configure: { configuration in
            configuration.examinesAudio = isOn
            configuration.detectsSpeech = false
        })
        for index in 0..<min(seconds * 50, bytes.count / message) {
            driver.at(Double(index * 20)) { $0.media(Array(bytes[index * message..<(index + 1) * message])) }
        }
        if seconds >= 16 {
            let isReleased = driver.session.examination == nil
            #expect(isReleased)
        }
        return driver.timeline.lines("note").map { ($0.milliseconds, $0.text) }
    }

    @Test("µ-law where linear PCM was announced is told once, as the platform's doing")
    func encoding() throws {
        let codes = Self.voice.map { G711.muLaw.encode($0) }
        let found = notes(codes, message: 160, seconds: 6)
        #expect(found.contains { $0.1 == "note bad audio: platform: wrong encoding" })
        #expect(Set(found.map(\.1)).count == found.count)
        let first = try #require(found.first)
        #expect(first.0 <= 5_100)
    }

    @Test("twice as many samples a second as were announced are told against the clock")
    func rate() {
        let found = notes(Signal.bytes(Self.voice + Self.voice), message: 640, seconds: 6)
        #expect(found.map(\.1) == ["note bad audio: platform: wrong rate"])
    }

    @Test("a caller who is silent to the bit is told of after 5 s, or at the call's end")
    func silence() {
        let found = notes(Signal.bytes(Signal.silence(16 * 8_000)), message: 320, seconds: 16)
        #expect(found.map(\.1) == ["note bad audio: caller: dead silence"])
        var driver = Driver(configure: { $0.examinesAudio = true })
        for time in stride(from: 0, to: 4_200, by: 20) { driver.at(Double(time)) { $0.media(Signal.silence(160)) } }
        driver.receive(.stop(reason: nil))
        #expect(driver.timeline.texts.contains("note bad audio: caller: dead silence"))
    }

    @Test("a good stream is not spoken of, nor is anything where the route says so", arguments: [true, false])
    func good(isOn: Bool) {
        #expect(notes(Signal.bytes(Self.voice), message: 320, seconds: 6, isOn: isOn).isEmpty)
        if !isOn { #expect(notes(Signal.bytes(Signal.silence(80_000)), message: 320, seconds: 6, isOn: false).isEmpty) }
    }
}
