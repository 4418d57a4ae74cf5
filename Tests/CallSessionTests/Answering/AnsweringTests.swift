// SPDX-License-Identifier: Apache-2.0

import CallModel
import Foundation
import Testing
import VoiceBridge

@testable import CallSession

@Suite("Who answered")
struct AnsweringTests {
    /// Sends pieces of sound in chunks of 20 ms; `wave` gives a sample for its number.
    private func hear(_ driver: inout Driver, milliseconds: Int, _ wave: (Int) -> Int16 = { _ in 0 }) {
        let start = driver.now / 1_000_000
        for time in 0..<milliseconds / 20 {
            let samples = (0..<160).map { wave(time * 160 + $0) }
            driver.at(Double(start) + Double(time) * 20) { $0.media(samples) }
        }
        driver.run(until: Double(start) + Double(milliseconds))
    }

    private static func voice(_ sample: Int) -> Int16 {
        // Vowels of 150 Hz in syllables of 200 ms, four to a word, and words 100 ms apart.
        guard sample % 7_200 < 6_400 else { return 0 }
        let syllable = sin(.pi * Double(sample % 7_200 % 1_600) / 1_600)
        let sum = (1...12).reduce(0.0) { $0 + sin(2 * .pi * 150 * Double($1 * sample) / 8_000) / Double($1) }
        return Int16(5_000 * syllable * sum)
    }

    private static func beep(_ sample: Int) -> Int16 { Int16(6_000 * sin(2 * .pi * 1_000 * Double(sample) / 8_000)) }

    private func verdicts(_ driver: Driver) -> [AnsweringVerdict] {
        driver.notifications.compactMap {
            guard case .answering(let verdict) = $0.event else { return nil }
            return verdict
        }
    }

    @Test("a word and silence are a human being, whether silence is sent or nothing", arguments: [true, false])
    func human(sendsSilence: Bool) throws {
        var driver = Driver()
        driver.ask(.detectAnswering(.silence()))
        hear(&driver, milliseconds: 400)
        hear(&driver, milliseconds: 800, Self.voice)
        if sendsSilence { hear(&driver, milliseconds: 3_000) }
        driver.run(until: 6_000)
        let verdict = try #require(verdicts(driver).first)
        #expect(verdict.answerer == .human && verdict.confidence > 0.8)
        guard case .silenceAfterGreeting(let length) = verdict.evidence else {
            Issue.record("\(verdict)")
            return
        }
        #expect((.milliseconds(600) ... .milliseconds(900)).contains(length))
        #expect(verdicts(driver).count == 1)
    }

    @Test("a machine is one, and its beep comes when a message may be left")
    func machine() throws {
        var driver = Driver()
        driver.ask(.detectAnswering(.silence()))
        hear(&driver, milliseconds: 300)
        hear(&driver, milliseconds: 5_000, Self.voice)
        hear(&driver, milliseconds: 400)
        hear(&driver, milliseconds: 300, Self.beep)
        hear(&driver, milliseconds: 500)
        let found = verdicts(driver)
        try #require(found.count == 2, "\(driver.timeline.text)")
        #expect(found[0].answerer == .machine && found[0].evidence == .longGreeting(.milliseconds(3_000)))
        guard case .beep(let hertz) = found[1].evidence else {
            Issue.record("\(found[1])")
            return
        }
        #expect((990...1_010).contains(hertz) && found[1].confidence > 0.9)
        let told = driver.timeline.lines("event answering").map(\.milliseconds)
        #expect((3_200...3_500).contains(told[0]) && (6_020...6_200).contains(told[1]))
    }

    @Test("what was said before the bot asked counts")
    func kept() {
        var driver = Driver()
        hear(&driver, milliseconds: 200)
        hear(&driver, milliseconds: 700, Self.voice)
        hear(&driver, milliseconds: 400)
        driver.ask(.detectAnswering(.silence()))
        hear(&driver, milliseconds: 1_700)
        #expect(verdicts(driver).map(\.answerer) == [.human])
    }

    @Test("nobody, and nothing after listening was stopped")
    func nobody() {
        var driver = Driver()
        driver.ask(.detectAnswering(.silence()))
        hear(&driver, milliseconds: 4_000)
        #expect(verdicts(driver).map(\.evidence) == [.nobodySpoke])
        driver.ask(.detectAnswering(nil))
        hear(&driver, milliseconds: 1_000, Self.voice)
        hear(&driver, milliseconds: 3_000)
        #expect(verdicts(driver).count == 1)
    }

    @Test("by a key: asked for twice, and the question takes no time", arguments: [true, false])
    func keys(presses: Bool) {
        var driver = Driver()
        driver.ask(.detectAnswering(.key()))
        driver.play(1, milliseconds: 3_000, .protected)
        hear(&driver, milliseconds: 3_000)
        #expect(verdicts(driver).isEmpty)
        hear(&driver, milliseconds: 2_300)
        #expect(verdicts(driver).map(\.evidence) == [.noKeyYet(round: 1)])
        if presses { driver.press("1") }
        hear(&driver, milliseconds: 2_300)
        #expect(verdicts(driver).last?.evidence == (presses ? .key : .noKey))
        #expect(verdicts(driver).last?.answerer == (presses ? .human : .machine))
    }
}
