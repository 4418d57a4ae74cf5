// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("How a server that stops has a call moved")
struct HandOverTests {
    static let target = TransferTarget.bot(url: "wss://other.example.net/desk?token=s3cret")
    static let shown = TransferTarget.bot(url: "wss://other.example.net/desk")

    /// Asks for the move.
    static func order(_ driver: inout Driver) {
        driver.change { $0.handOver(at: $1) }
    }

    /// Lets the call go.
    static func move(_ driver: inout Driver) {
        driver.change { $0.moveOn(to: target, shownAs: shown, at: $1) }
    }

    /// When the session says that the call could be moved, in milliseconds.
    static func due(_ driver: Driver) -> [Double] { driver.timeline.lines("hand-over due").map(\.milliseconds) }

    @Test("a call in which nobody does anything is moved half a second later, and the record says so")
    func quiet() {
        var driver = Driver()
        driver.at(1_000) { Self.order(&$0) }
        driver.run(until: 1_500)
        Self.move(&driver)
        driver.at(1_700) { $0.receive(.stop(reason: nil)) }
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(
            driver.timeline.texts == [
                "hand-over due", "transfer bot", "end bot (handed_over)", "close 1000", "finished server: handed_over",
            ]
        )
        #expect(driver.summaries.first?.transfer == Self.shown)
        #expect(driver.summaries.first?.reason.detail == "bot")
    }

    @Test("a call that just began is given half a second to be greeted in")
    func atOnce() {
        var driver = Driver()
        Self.order(&driver)
        driver.run(until: 5_000)
        #expect(Self.due(driver) == [500])
    }

    @Test("a bot that speaks is waited for, and what follows without a pause too")
    func speaking() {
        var driver = Driver()
        driver.play(1, milliseconds: 1_000)
        Self.order(&driver)
        driver.at(1_300) { $0.play(2, milliseconds: 500) }
        driver.run(until: 10_000)
        // 1,300 + 500 + 250 until the platform has surely played it, and the pause.
        #expect(Self.due(driver) == [2_550])
    }

    @Test("a caller who speaks is waited for, and then the answer; a bot that gives none for five seconds")
    func turn() {
        var answered = Driver()
        answered.silence(1_000)
        answered.voice(1_000)
        Self.order(&answered)
        answered.silence(1_000)
        answered.play(1, milliseconds: 1_000)
        answered.silence(3_000)
        let last = answered.timeline.lines("event playback 1 finished").first?.milliseconds ?? 0
        let due = Self.due(answered)
        #expect(due.count == 1 && (due.first ?? 0) >= last + 500 && (due.first ?? 0) <= last + 800)

        var mute = Driver()
        mute.silence(1_000)
        mute.voice(1_000)
        Self.order(&mute)
        mute.silence(10_000)
        let spoken = mute.timeline.lines("event speech ended").first?.milliseconds ?? 0
        #expect(Self.due(mute).map { $0 - spoken } == [5_000])
    }

    @Test("digits that are collected, work in hand and a transfer of the bot's are waited for")
    func busy() {
        var collecting = Driver()
        collecting.ask(.collect(RequestID(1), DigitCollection(count: 3)))
        Self.order(&collecting)
        collecting.at(4_000) { $0.press("1") }
        collecting.run(until: 6_000)
        collecting.press("23")
        #expect(Self.due(collecting).isEmpty)
        collecting.run(until: 10_000)
        #expect(Self.due(collecting) == [6_500])

        var working = Driver()
        working.ask(.beginWork)
        Self.order(&working)
        working.at(7_000) { $0.ask(.endWork) }
        working.run(until: 10_000)
        #expect(Self.due(working) == [7_500])

        var transferred = Driver()
        transferred.play(1, milliseconds: 500)
        transferred.ask(.transfer(RequestID(2), .extension("7"), .afterPlayout))
        Self.order(&transferred)
        transferred.run(until: 5_000)
        #expect(Self.due(transferred).isEmpty)
        #expect(transferred.timeline.texts.contains("transfer extension"))
    }

    @Test("one that has to wait asks again, and not between turns only when its time has come")
    func waits() {
        var driver = Driver()
        Self.order(&driver)
        driver.run(until: 500)
        driver.change { $0.waitToMove(for: .milliseconds(700), at: $1) }
        driver.run(until: 1_200)
        driver.change { $0.waitToMove(for: .milliseconds(100), at: $1) }
        driver.play(1, milliseconds: 1_000)
        driver.run(until: 10_000)
        #expect(Self.due(driver) == [500, 1_200, 2_950])
    }

    @Test("a platform that cannot move calls is not asked")
    func cannot() {
        var capabilities = Driver.everything
        capabilities.transfers.remove(.bot)
        var driver = Driver(capabilities: capabilities)
        Self.order(&driver)
        driver.run(until: 60_000)
        Self.move(&driver)
        #expect(driver.timeline.texts.isEmpty)
    }

    @Test("an order before the start is carried out after it, and a second one changes nothing")
    func early() {
        var driver = Driver(starts: false)
        Self.order(&driver)
        Self.order(&driver)
        driver.at(1_000) { $0.start() }
        driver.run(until: 5_000)
        #expect(Self.due(driver) == [1_500])
        Self.move(&driver)
        Self.order(&driver)
        driver.run(until: 9_000)
        #expect(Self.due(driver).count == 1)
    }

    /// A platform that moves calls over its own interface.
    static func outOfBand() -> Driver {
        var capabilities = Driver.everything
        capabilities.transfers = []
        var driver = Driver(capabilities: capabilities, configure: { $0.outOfBandTransfers = [.bot] })
        order(&driver)
        driver.run(until: 500)
        move(&driver)
        return driver
    }

    @Test("where the platform is asked out of band its yes ends the call, and what is said meanwhile waits")
    func granted() {
        var driver = Self.outOfBand()
        driver.at(600) { $0.play(1, milliseconds: 500) }
        driver.at(2_000) { $0.change { $0.answered(1, failure: nil, at: $1) } }
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.lines("audio").isEmpty)
        #expect(driver.timeline.texts.contains("ask 1 transfer"))
        #expect(driver.timeline.texts.last == "finished server: handed_over")
        #expect(driver.summaries.first?.transfer == Self.shown)
    }

    @Test("its no leaves the call as it was, and it is not asked again")
    func refused() {
        var driver = Self.outOfBand()
        driver.at(600) { $0.play(1, milliseconds: 500) }
        driver.at(2_000) { $0.change { $0.answered(1, failure: "no", at: $1) } }
        driver.run(until: 10_000)
        #expect(driver.timeline.texts.contains("reply 1 finished"))
        #expect(Self.due(driver).count == 1)
        driver.ask(.transfer(RequestID(2), .bot(url: "wss://a.example"), .afterPlayout))
        driver.run(until: 11_000)
        #expect(driver.timeline.texts.contains("ask 2 transfer"))
    }
}
