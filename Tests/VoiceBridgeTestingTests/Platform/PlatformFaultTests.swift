// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// What a faulty platform does, and what it takes for a right answer.
@Suite struct PlatformFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let fault: PlatformFault
        /// The server's events but media, in order.
        var events: [String]
        var script: [(Int, VirtualServerOutput)] = []
        var replies = [StandIn.Reply(event: "stop", output: [.close(code: 1000, reason: "")])]
        var endedBy = SimulatedCallResult.Ender.caller
        var reason = "callended"
        var isAsTold = true
        var testDescription: String { "\(fault.rawValue): \(reason)" }
    }

    private static let hangUp = VirtualServerOutput.text(#"{"type":"session.hangup"}"#)
    private static let plain = ["connected", "start", "stop"]

    static let cases: [Case] = [
        Case(fault: .closeWithoutStop, events: ["connected", "start"], reason: "cut without stop"),
        Case(fault: .halfClose, events: ["connected", "start"], reason: "half-closed"),
        Case(fault: .silence, events: plain),
        Case(fault: .vanish, events: ["connected", "start"], reason: "vanished"),
        Case(fault: .deaf, events: ["connected", "start"], reason: "deaf to the end"),
        Case(fault: .lateStart, events: plain),
        Case(fault: .garbage, events: ["connected", "start"] + ["not json"], reason: "callended"),
        Case(fault: .badBase64, events: plain),
        Case(fault: .oddBytes, events: plain),
        Case(fault: .stopTwice, events: ["connected", "start", "stop", "stop"]),
        Case(fault: .stopWithoutStart, events: ["connected", "stop"]),
        Case(
            fault: .noStart,
            events: ["connected"],
            script: [(3_000, .close(code: 1008, reason: "no start"))],
            endedBy: .server,
            reason: "close 1008: no start"
        ),
        Case(
            fault: .duplicateStart,
            events: ["connected", "start", "start"],
            script: [(1_000, .close(code: 1002, reason: ""))],
            endedBy: .server,
            reason: "close 1002"
        ),
        Case(
            fault: .duplicateStart,
            events: ["connected", "start", "start"],
            script: [(1_000, .close(code: 1011, reason: ""))],
            endedBy: .server,
            reason: "close 1011",
            isAsTold: false
        ),
        Case(
            fault: .badFormat,
            events: ["connected", "start"],
            endedBy: .error,
            reason: "not-closed: the server did not answer the fault 'bad-format' by closing",
            isAsTold: false
        ),
        Case(
            fault: .oversize,
            events: ["connected", "start"],
            script: [(1_000, .close(code: 1009, reason: ""))],
            endedBy: .server,
            reason: "close 1009"
        ),
        Case(
            fault: .ignoreHangUpOnce,
            events: plain,
            script: [(200, hangUp), (1_200, hangUp)],
            endedBy: .bot,
            reason: "hangup"
        ),
        Case(
            fault: .ignoreHangUpOnce,
            events: ["connected", "start"],
            script: [(200, hangUp), (3_000, .close(code: 1000, reason: ""))],
            endedBy: .bot,
            reason: "hangup"
        ),
        Case(
            fault: .ignoreHangUp,
            events: ["connected", "start"],
            script: [(200, hangUp), (1_200, hangUp), (3_200, .close(code: 1000, reason: ""))],
            endedBy: .bot,
            reason: "hangup"
        ),
        Case(
            fault: .ignoreHangUp,
            events: ["connected", "start"],
            script: [(200, hangUp), (300, .binary([UInt8](repeating: 0, count: 320)))],
            endedBy: .error,
            reason: "after-hangup: binary audio",
            isAsTold: false
        ),
        Case(
            fault: .ignoreHangUp,
            events: ["connected", "start"],
            script: [(200, hangUp)],
            endedBy: .error,
            reason: "not-closed: the server neither closed nor hung up again",
            isAsTold: false
        ),
    ]

    @Test(arguments: cases)
    func `ends as it must`(planned: Case) {
        var virtual = VirtualCall(
            call(4_000) { $0.fault = planned.fault },
            server: StandIn(planned.script, replies: planned.replies)
        )
        let result = virtual.run()
        #expect(result.endedBy == planned.endedBy)
        #expect(result.endReason == planned.reason)
        #expect(result.endedAsTold == planned.isAsTold)
        if planned.fault != .garbage { #expect(Array(virtual.server.events.prefix(4)) == planned.events) }
    }

    @Test func `every fault is tried here`() {
        let tried = Set(Self.cases.map(\.fault) + [.garbageFlood])
        #expect(tried == Set(PlatformFault.allCases))
    }

    @Test(arguments: [(PlatformFault.garbage, 5), (.garbageFlood, 20)])
    func `garbage is not JSON of an event`(fault: PlatformFault, count: Int) {
        var virtual = VirtualCall(
            call(3_000) { $0.fault = fault },
            server: StandIn([(2_000, .close(code: 1007, reason: ""))])
        )
        let result = virtual.run()
        #expect(virtual.server.received.count(where: { !$0.hasPrefix(#"{"event":""#) }) == count)
        #expect(result.endedBy == .server)
        #expect(result.endedAsTold == (fault == .garbageFlood))
    }

    @Test func `the oversized message is more than a mebibyte`() {
        var virtual = VirtualCall(call(2_000) { $0.fault = .oversize }, server: StandIn())
        _ = virtual.run()
        #expect(virtual.server.received.map(\.utf8.count).max().map { $0 > 1 << 20 } == true)
    }

    @Test func `odd bytes lose no sample`() {
        let said = (0..<4_000).map { Int16(truncatingIfNeeded: $0 &* 7_919) }
        var virtual = VirtualCall(
            call(1_000) {
                $0.callerAudio = said
                $0.fault = .oddBytes
                $0.sendsBinaryAudio = true
            },
            server: StandIn()
        )
        _ = virtual.run()
        let sizes = Set(virtual.server.binaries.map { $0.count % 2 })
        #expect(sizes == [1])
        let bytes = virtual.server.binaries.flatMap { $0 }
        #expect(SimulatedAudioFormat.pcm8kHz.decode(bytes)?.prefix(4_000) == said[...])
    }

    @Test func `silence ceases to send and stays`() {
        var virtual = VirtualCall(call(4_000) { $0.fault = .silence }, server: StandIn([(3_000, audio(20))]))
        let result = virtual.run()
        #expect(result.framesSent == 50)
        #expect(result.playback.heard == 160)
    }

    @Test func `what a deaf platform is told it does not hear`() {
        var virtual = VirtualCall(
            call(4_000) { $0.fault = .deaf },
            server: StandIn([(500, audio(20)), (3_000, audio(20))])
        )
        let result = virtual.run()
        #expect(result.framesReceived == 1)
        #expect(result.framesSent == 200)
    }
}
