// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

@Suite("How a call begins")
struct StartTests {
    @Test("start gives the call a bot, and media before it wait")
    func startGivesABot() {
        var driver = Driver(starts: false)
        driver.receive(.connected)
        driver.at(500) { $0.start() }
        driver.at(1_000) { $0.receive(.stop(reason: "stopped")) }
        driver.ask(.returned)
        driver.at(1_010) { $0.change { $0.socketClosed(nil, at: $1) } }
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    500 ms  start bot
                    1000 ms  close 1000
                    1000 ms  end bot (stop)
                    1010 ms  finished caller: stop
                    """
                )
        )
        #expect(driver.summaries.first?.duration == .seconds(1))
        #expect(driver.summaries.first?.reason.detail == "stopped")
        #expect(driver.summaries.first?.start?.callID == CallID("c"))
    }

    @Test("a second start on the socket closes with 1002, once, and the call's record says why")
    func secondStart() {
        var driver = Driver()
        driver.at(100) { $0.start() }
        driver.start()
        driver.receive(.stop(reason: nil))
        driver.change { $0.socketClosed(nil, at: $1) }
        driver.ask(.returned)
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    100 ms  close 1002
                    100 ms  end bot (duplicate_start)
                    100 ms  finished error: duplicate_start
                    """
                )
        )
    }

    @Test("no start within 10 s closes with 1008")
    func noStart() {
        var driver = Driver(starts: false)
        driver.run(until: 20_000)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.text == "10000 ms  close 1008\n20000 ms  finished error: no_start")
        #expect(driver.summaries.first?.start == nil)
    }

    @Test("stop without start closes with 1000 and no bot is made")
    func stopWithoutStart() {
        var driver = Driver(starts: false)
        driver.at(5) { $0.receive(.stop(reason: nil)) }
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.text == "5 ms  close 1000\n5 ms  finished caller: stop_before_start")
    }

    @Test("a socket that closes before start is a call that never was")
    func closedBeforeStart() {
        var driver = Driver(starts: false)
        driver.at(5) { $0.change { $0.socketClosed("reset", at: $1) } }
        driver.run(until: 30_000)
        #expect(driver.timeline.text == "5 ms  finished error: no_start")
        #expect(driver.session.nextDeadline == nil)
    }

    @Test("the twentieth message that is no JSON closes with 1007; the first is noted")
    func notJSON() {
        var driver = Driver()
        for index in 1...25 {
            driver.at(Double(index)) { $0.change { $0.receiveMalformed("bad", isNotJSON: true, at: $1) } }
        }
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    1 ms  note malformed
                    20 ms  close 1007
                    20 ms  end bot (not_json)
                    25 ms  finished error: not_json
                    """
                )
        )
        #expect(driver.summaries.first?.malformedMessages == 20)
    }

    @Test("messages that are JSON and wrong are only counted")
    func malformedMedia() {
        var driver = Driver()
        for _ in 0..<1_000 { driver.change { $0.receiveMalformed("base64", isNotJSON: false, at: $1) } }
        #expect(driver.timeline.text == "0 ms  note malformed")
        #expect(driver.session.nextDeadline == nil)
    }

    @Test("a format that cannot be carried closes with 1003")
    func unsupportedFormat() {
        var driver = Driver(starts: false)
        let reason = EndReason(side: .error, code: "unsupported_format", detail: "opus")
        driver.at(7) { $0.change { $0.fail(reason, closing: 1003, at: $1) } }
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.text == "7 ms  close 1003\n7 ms  finished error: unsupported_format")
        #expect(driver.summaries.first?.reason.detail == "opus")
    }

    @Test("unknown messages are counted, and the first is noted")
    func unknownMessages() {
        var driver = Driver()
        for _ in 0..<3 { driver.receive(.ignored(.unknownName("weather"))) }
        driver.receive(.ignored(.outboundTrack))
        driver.receive(.stop(reason: nil))
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.texts.first == "note unknown weather")
        #expect(driver.timeline.texts.count { $0.hasPrefix("note") } == 1)
        #expect(driver.summaries.first?.unknownMessages == 3)
    }

    @Test("gaps and repeats in sequence numbers are counted, however wild they are")
    func sequenceFaults() {
        var driver = Driver()
        for number in [1, 2, 3, 5, 5, 4, 6, .max, .max, .min, 0] {
            driver.media(Signal.bytes(Signal.silence(160)), sequence: number)
        }
        driver.receive(.stop(reason: nil))
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.summaries.first?.sequenceFaults == 8)
        #expect(driver.summaries.first?.samplesReceived == Int64(1_760))
    }
}
