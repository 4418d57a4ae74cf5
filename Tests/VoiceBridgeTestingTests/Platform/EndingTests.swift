// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// Who ends a call, and how the rest of it goes.
@Suite struct EndingTests {
    @Test func `the platform closes when the server does not`() {
        var virtual = VirtualCall(call(1_000), server: StandIn(replies: []))
        let result = virtual.run()
        #expect(virtual.server.closeCodes == [1000])
        #expect(
            story(result).suffix(4) == [
                "t=1000 -> stop callended", "t=3000 -- the server has not closed", "t=3000 -> close 1000",
                "t=3000 <- close 1000",
            ]
        )
        #expect(result.endedAsTold)
        #expect(result.duration == .milliseconds(1_000))
    }

    @Test func `a transfer stops the stream`() {
        let transfer = #"{"type":"session.transfer","destination":["0981","0982"],"strategy":"sequential"}"#
        var virtual = VirtualCall(call(5_000), server: StandIn([(700, .text(transfer))]))
        let result = virtual.run()
        #expect(virtual.server.received.last?.contains(#""reason":"stopped""#) == true)
        #expect(result.endedBy == .bot)
        #expect(result.endReason == "transfer")
        #expect(result.endedAsTold)
        #expect(story(result)[2] == #"t=700 <- session.transfer ["0981","0982"] "sequential""#)
    }

    static let closes: [(UInt16, String, String, Bool)] = [
        (1001, "going down", "close 1001: going down", true), (1000, "", "close 1000", false),
        (1011, "bot failed", "close 1011: bot failed", false),
    ]

    @Test(arguments: closes)
    func `a server that closes first`(code: UInt16, words: String, reason: String, isAsTold: Bool) {
        var virtual = VirtualCall(call(5_000), server: StandIn([(500, .close(code: code, reason: words))]))
        let result = virtual.run()
        #expect(result.endedBy == .server)
        #expect(result.endReason == reason)
        #expect(result.closeCode == code)
        #expect(result.endedAsTold == isAsTold)
    }

    @Test func `a connection that is lost is an error`() {
        var virtual = VirtualCall(call(5_000), server: StandIn([(500, .disconnect)]))
        let result = virtual.run()
        #expect(result.endedBy == .error)
        #expect(result.endReason == "connection lost")
        #expect(result.closeCode == 1006)
    }

    @Test func `violations can be collected instead`() {
        var virtual = VirtualCall(
            call(1_000) { $0.endsAtViolation = false },
            server: StandIn([(100, audio(30)), (200, .text("{}")), (300, audio(20))])
        )
        let result = virtual.run()
        #expect(result.violations.map(\.rule) == [.frameSize, .unknownMessage])
        #expect(result.playback.heard == 160)
        #expect(result.endedBy == .caller)
        #expect(!result.endedAsTold)
    }

    static let unplanned: [(Int, [Int], Int)] = [
        (0, [], 60_000), (8_000, [], 3_000), (8_000, [5_000], 7_000), (0, [5_000], 60_000),
    ]

    @Test(arguments: unplanned)
    func `a call without a planned end`(samples: Int, digits: [Int], milliseconds: Int) {
        var configuration = call(0)
        configuration.duration = nil
        configuration.callerAudio = [Int16](repeating: 0, count: samples)
        configuration.digits = digits.compactMap { ScheduledDigit("1", at: .milliseconds($0)) }
        var virtual = VirtualCall(configuration, server: StandIn())
        #expect(virtual.run().duration == .milliseconds(milliseconds))
    }

    @Test func `two calls are two`() {
        let (first, second) = (SimulatedCallConfiguration(), SimulatedCallConfiguration())
        #expect(first.callID != second.callID)
        #expect(first.streamID != second.streamID)
    }

    @Test func `the first media may come with start`() {
        var platform = SimulatedPlatform(call(1_000) { $0.startsEagerly = true })
        platform.advance(to: .zero)
        var kinds: [String] = []
        while case .text(let text) = platform.nextAction() { kinds.append(String(text.prefix(17))) }
        #expect(kinds == [#"{"event":"connect"#, #"{"event":"start","#, #"{"event":"media","#])
        #expect(platform.nextDeadline == .milliseconds(20))
    }

    @Test func `the same call twice is the same story`() {
        func once() -> [String] {
            var virtual = VirtualCall(
                call(2_000) { $0.markMode = .burst },
                server: StandIn([(333, audio(200)), (400, .text(#"{"type":"audio.clear"}"#))], echoes: true),
                latency: .milliseconds(7)
            )
            return story(virtual.run())
        }
        #expect(once() == once())
    }
}
