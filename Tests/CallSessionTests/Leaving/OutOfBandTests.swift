// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

/// Hang-ups and transfers that the wire has no message for.
@Suite("What the platform is asked out of band")
struct OutOfBandTests {
    static let wire = DialectCapabilities(
        clear: true,
        marks: true,
        sendDigits: false,
        hangUp: false,
        transfers: [.flow],
        closeMeaning: .nextStep
    )
    static let phone = TransferTarget.phone("+49301234")

    private func driver(_ configure: (inout CallSessionConfiguration) -> Void = { _ in }) -> Driver {
        Driver(capabilities: Self.wire) { configuration in
            configuration.outOfBandTransfers = [.phone]
            configure(&configuration)
        }
    }

    /// A driver whose bot asked for a transfer at 1 s, behind half a second of speech.
    private func transferring() -> Driver {
        var driver = driver()
        driver.run(until: 1_000)
        driver.play(1, milliseconds: 500)
        driver.ask(.transfer(RequestID(2), Self.phone, .afterPlayout))
        driver.run(until: 2_000)
        driver.timeline.removeAll()
        return driver
    }

    private func expect(_ driver: Driver, _ text: String) {
        #expect(driver.timeline.text == trimmed(text))
    }

    @Test("a transfer waits for the end of playout; once it is done the call ends as transferred")
    func transfers() {
        var driver = driver()
        driver.play(1, milliseconds: 500)
        driver.ask(.transfer(RequestID(2), Self.phone, .afterPlayout))
        driver.at(1_200) { $0.change { $0.answered(1, failure: nil, at: $1) } }
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        expect(
            driver,
            """
            0 ms  event playback 1 started
            0…300 ms  audio ×25
            500 ms  reply 1 finished
            500 ms  event playback 1 finished
            750 ms  ask 1 transfer
            1200 ms  note out of band transfer: done in 450 ms
            1200 ms  reply 2 done
            1200 ms  close 1000
            1200 ms  end bot (transfer)
            1200 ms  finished bot: transfer
            """
        )
        #expect(driver.summaries.first?.transfer == Self.phone)
        #expect(driver.summaries.first?.outOfBand.map(\.action) == ["transfer"])
        #expect(driver.summaries.first?.leavesCaller == false)
    }

    @Test("a transfer that is refused is told to the bot, the call goes on, and another may follow")
    func refused() {
        var driver = transferring()
        driver.change { $0.answered(1, failure: "no such number", at: $1) }
        driver.play(3, milliseconds: 40)
        driver.run(until: 3_000)
        driver.ask(.transfer(RequestID(4), Self.phone, .afterPlayout))
        driver.change { $0.answered(2, failure: nil, at: $1) }
        expect(
            driver,
            """
            2000 ms  note out of band transfer: not done in 250 ms: no such number
            2000 ms  reply 2 failed not_done
            2000 ms  event playback 3 started
            2000 ms  audio ×2
            2040 ms  reply 3 finished
            2040 ms  event playback 3 finished
            3000 ms  ask 2 transfer
            3000 ms  note out of band transfer: done in 0 ms
            3000 ms  reply 4 done
            3000 ms  close 1000
            3000 ms  end bot (transfer)
            """
        )
    }

    @Test("a platform that does not answer is given up, and what it says later changes nothing")
    func silentPlatform() {
        var driver = transferring()
        driver.run(until: 9_000)
        driver.change { $0.answered(1, failure: nil, at: $1) }
        if let key = DTMFString("1") { driver.ask(.send(RequestID(3), key)) }
        expect(
            driver,
            """
            7750 ms  abandon 1
            7750 ms  note out of band transfer: not done in 6000 ms: the platform did not answer within 6000 ms
            7750 ms  reply 2 failed not_done
            9000 ms  keys 1
            9000 ms  reply 3 done
            """
        )
    }

    @Test("while the platform is asked nobody is idle, nothing is said, and a second transfer is refused")
    func underWay() {
        var driver = driver { configuration in
            configuration.idleTime = .seconds(1)
            configuration.silenceTimeout = .seconds(5)
        }
        driver.ask(.transfer(RequestID(2), Self.phone, .now))
        driver.ask(.transfer(RequestID(3), Self.phone, .now))
        driver.play(4, milliseconds: 100)
        driver.ask(.cancel(RequestID(2)))
        driver.run(until: 5_900)
        expect(
            driver,
            """
            0 ms  ask 1 transfer
            0 ms  reply 3 failed already_transferred
            0 ms  reply 4 failed already_leaving
            """
        )
    }

    @Test("a stream that ends before the platform's yes was transferred")
    func streamEndsFirst() {
        var driver = transferring()
        driver.receive(.stop(reason: "stopped"))
        driver.change { $0.socketClosed(nil, at: $1) }
        driver.at(2_100) { $0.change { $0.answered(1, failure: nil, at: $1) } }
        driver.ask(.returned)
        expect(
            driver,
            """
            2000 ms  close 1000
            2100 ms  note out of band transfer: done in 350 ms
            2100 ms  reply 2 done
            2100 ms  end bot (transfer)
            2100 ms  finished bot: transfer
            """
        )
    }

    @Test("a caller who leaves while the platform is asked left", arguments: [true, false])
    func callerLeaves(saysStop: Bool) {
        var driver = transferring()
        if saysStop { driver.receive(.stop(reason: nil)) }
        driver.change { $0.socketClosed(nil, at: $1) }
        driver.at(2_100) { $0.change { $0.answered(1, failure: "the call is over", at: $1) } }
        driver.ask(.returned)
        let end = saysStop ? "stop" : "connection_lost"
        expect(
            driver,
            (saysStop ? "2000 ms  close 1000\n" : "")
                + """
                2100 ms  note out of band transfer: not done in 350 ms: the call is over
                2100 ms  reply 2 failed ended
                2100 ms  end bot (\(end))
                2100 ms  finished caller: \(end)
                """
        )
        #expect(driver.summaries.first?.transfer == nil)
    }

    @Test("a caller who leaves is not waited for longer than the platform is")
    func callerLeavesAndNobodyAnswers() {
        var driver = transferring()
        driver.receive(.stop(reason: nil))
        driver.change { $0.socketClosed(nil, at: $1) }
        driver.run(until: 60_000)
        #expect(driver.timeline.lines("end bot").map(\.milliseconds) == [7_750])
        #expect(driver.timeline.lines("finished").map(\.milliseconds) == [9_750])
        #expect(driver.summaries.first?.reason.code == "stop")
    }

    @Test("what the wire can carry goes over the wire")
    func inBand() {
        var driver = driver()
        driver.ask(.transfer(RequestID(2), .flow("f"), .now))
        expect(driver, "0 ms  transfer flow\n0 ms  reply 2 done\n0 ms  end bot (transfer)")
    }

    @Test("a hang-up waits for the end of playout, and for the platform, before the socket is closed")
    func hangsUp() {
        var driver = driver()
        driver.play(1, milliseconds: 100)
        driver.ask(.hangUp(.afterPlayout, reason: "bye"))
        driver.ask(.returned)
        driver.at(500) { $0.change { $0.answered(1, failure: nil, at: $1) } }
        driver.change { $0.socketClosed(nil, at: $1) }
        expect(
            driver,
            """
            0 ms  event playback 1 started
            0 ms  audio ×5
            100 ms  reply 1 finished
            100 ms  event playback 1 finished
            350 ms  ask 1 hang_up
            350 ms  end bot (hangup)
            500 ms  note out of band hang_up: done in 150 ms
            500 ms  close 1000
            500 ms  finished bot: hangup
            """
        )
        #expect(driver.summaries.first?.leavesCaller == false)
    }

    @Test("a bot that returns hangs up so", arguments: [nil, "no"])
    func returns(failure: String?) {
        var driver = driver()
        driver.ask(.returned)
        driver.change { $0.answered(1, failure: failure, at: $1) }
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.texts.first == "ask 1 hang_up")
        #expect(driver.timeline.lines("close").count == 1)
        #expect(driver.summaries.first?.reason.code == "returned")
        #expect(driver.summaries.first?.leavesCaller == (failure != nil))
        #expect(driver.summaries.first?.outOfBand.first?.failure == failure)
    }

    @Test("a hang-up that nobody answers closes the socket, and says what became of the caller")
    func hangUpUnanswered() {
        var driver = driver()
        driver.ask(.returned)
        driver.run(until: 7_000)
        driver.change { $0.socketClosed(nil, at: $1) }
        expect(
            driver,
            """
            0 ms  ask 1 hang_up
            0 ms  end bot (returned)
            6000 ms  abandon 1
            6000 ms  note out of band hang_up: not done in 6000 ms: the platform did not answer within 6000 ms
            6000 ms  close 1000
            7000 ms  finished bot: returned
            """
        )
        #expect(driver.summaries.first?.leavesCaller == true)
    }

    @Test("a platform that ends the stream before it answers a hang-up has both in the record")
    func streamEndsBeforeHangUp() {
        var driver = driver()
        driver.ask(.returned)
        driver.at(100) { $0.receive(.stop(reason: nil)) }
        driver.change { $0.socketClosed(nil, at: $1) }
        driver.at(150) { $0.change { $0.answered(1, failure: nil, at: $1) } }
        expect(
            driver,
            """
            0 ms  ask 1 hang_up
            0 ms  end bot (returned)
            100 ms  close 1000
            150 ms  note out of band hang_up: done in 150 ms
            150 ms  finished bot: returned
            """
        )
        #expect(driver.summaries.first?.outOfBand.count == 1)
    }

    @Test("a hang-up takes the place of a transfer that is under way")
    func hangUpDuringTransfer() {
        var driver = transferring()
        driver.change { $0.shutDown(at: $1) }
        driver.change { $0.answered(1, failure: nil, at: $1) }
        driver.change { $0.answered(2, failure: nil, at: $1) }
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        expect(
            driver,
            """
            2000 ms  reply 2 failed ended
            2000 ms  abandon 1
            2000 ms  note out of band transfer: not done in 250 ms: the call is hung up meanwhile
            2000 ms  ask 2 hang_up
            2000 ms  end bot (shutdown)
            2000 ms  note out of band hang_up: done in 0 ms
            2000 ms  close 1001
            2000 ms  finished server: shutdown
            """
        )
    }

    @Test("a hang-up asked for behind a transfer comes when the transfer was not done", arguments: [true, false])
    func hangUpBehindTransfer(byReturning: Bool) {
        var driver = transferring()
        driver.ask(byReturning ? .returned : .hangUp(.afterPlayout, reason: nil))
        driver.change { $0.answered(1, failure: "no", at: $1) }
        #expect(driver.timeline.texts.contains("ask 2 hang_up"))
        #expect(driver.timeline.texts.last == "end bot (\(byReturning ? "returned" : "hangup"))")
    }

    @Test("a call that the platform gave no name is not asked about")
    func nameless() {
        var driver = Driver(capabilities: Self.wire, starts: false) { $0.outOfBandTransfers = [.phone] }
        var start = Driver.callStart(.linear8kHz)
        start.hasMadeUpCallID = true
        driver.receive(.start(start))
        #expect(driver.session.offered(Self.wire) == Self.wire)
        #expect(!driver.session.isOutOfBand(Self.phone))
        driver.ask(.returned)
        #expect(driver.timeline.texts == ["start bot", "close 1000", "end bot (returned)"])
    }

    @Test("a bot is offered what either can do")
    func offered() {
        let offered = driver().session.offered(Self.wire)
        #expect(offered.hangUp && offered.transfers == [.flow, .phone] && !offered.sendDigits)
        #expect(Driver().session.offered(Self.wire) == Self.wire)
    }
}
