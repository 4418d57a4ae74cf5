// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("What was heard, in words")
struct HeardTextTests {
    private static let marks = [
        TextMark("Welcome", at: .zero), TextMark("to", at: .milliseconds(700)),
        TextMark("VoiceBridge.", at: .milliseconds(1_000)), TextMark("Press one.", at: .milliseconds(2_000)),
    ]

    private func heard(_ driver: inout Driver, _ playback: UInt64 = 1) -> String? {
        driver.ask(.heardText(RequestID(99), PlaybackID(playback)))
        return driver.timeline.lines("reply 99").last.map { String($0.text.dropFirst("reply 99 text ".count)) }
    }

    @Test(
        "words that were heard to their end count, the one that was cut does not",
        arguments: [
            (0, "''"), (500, "''"), (800, "'Welcome'"), (1_990, "'Welcome to'"),
            (2_600, "'Welcome to VoiceBridge. Press'"),
        ]
    )
    func whileSaid(time: Int, expected: String) {
        var driver = Driver()
        driver.play(1, Signal.ramp(24_000), marks: Self.marks)
        driver.run(until: Double(time))
        #expect(heard(&driver) == expected)
    }

    @Test("the last words are remembered after an interruption, and after the end")
    func after() {
        var driver = Driver()
        driver.play(1, Signal.ramp(24_000), marks: Self.marks)
        driver.at(1_500) { $0.press("1") }
        driver.play(2, Signal.ramp(8_000), text: "That is all.")
        driver.run(until: 20_000)
        #expect(heard(&driver, 1) == "'Welcome to'")
        #expect(heard(&driver, 2) == "'That is all.'")
        #expect(heard(&driver, 3) == "''")
    }

    @Test("without marks words are spread evenly over the audio")
    func spread() {
        var driver = Driver()
        driver.play(1, Signal.ramp(24_000), text: "one two three four five six")
        driver.run(until: 1_500)
        let text = heard(&driver) ?? ""
        #expect(text == "'one two'" || text == "'one two three'", "\(text)")
    }

    @Test("streamed speech has the marks of its pieces, and text of playbacks long past is forgotten")
    func stream() {
        var driver = Driver()
        let chunk = AudioChunk(linear: Signal.ramp(4_000), format: driver.bot, position: 0)
        for word in ["a", "b", "c", "d"] { driver.ask(.say(chunk, [TextMark(word, at: .zero)], .allowed)) }
        driver.run(until: 1_100)
        guard case .playback(let id, _)? = driver.notifications.first?.event else {
            Issue.record("nothing began")
            return
        }
        #expect(heard(&driver, id.number) == "'a b'")
        driver.run(until: 10_000)
        #expect(heard(&driver, id.number) == "'a b c d'")
        for number in 1...70 as ClosedRange<UInt64> {
            driver.play(number, Signal.ramp(160), text: "x")
            driver.run(until: 10_000 + Double(number) * 100)
        }
        #expect(heard(&driver, id.number) == "''")
        #expect(driver.session.heardTexts.count <= CallSession.rememberedTexts)
    }
}
