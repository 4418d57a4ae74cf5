// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// The Genesys platform: its numbered messages as its documents show them, and what it refuses.
@Suite struct GenesysPlatformTests {
    private static func message(_ type: String, seq: Int, clientseq: Int, _ parameters: String) -> VirtualServerOutput {
        .text(
            #"{"version":"2","id":"st-01","type":"\#(type)","seq":\#(seq),"clientseq":\#(clientseq),"parameters":\#(parameters)}"#
        )
    }

    private static let opened = message(
        "opened",
        seq: 1,
        clientseq: 1,
        #"{"startPaused":false,"media":[{"type":"audio","format":"PCMU","channels":["external"],"rate":8000}]}"#
    )

    private func call(_ milliseconds: Int) -> SimulatedCallConfiguration {
        var configuration = SimulatedCallConfiguration(.genesys)
        configuration.callID = "ca-01"
        configuration.streamID = "st-01"
        configuration.from = "+15550100"
        configuration.to = "+15550101"
        configuration.duration = .milliseconds(milliseconds)
        return configuration
    }

    @Test func `messages are the document's, byte for byte`() {
        var configuration = call(40)
        configuration.digits = ScheduledDigit("2", at: .milliseconds(30)).map { [$0] } ?? []
        let script = [
            (1, Self.opened),
            (35, Self.message("event", seq: 2, clientseq: 2, #"{"entities":[{"type":"barge_in","data":{}}]}"#)),
            (41, Self.message("closed", seq: 3, clientseq: 3, "{}")),
        ]
        var virtual = VirtualCall(configuration, server: StandIn(script))
        let result = virtual.run()
        #expect(result.violations == [])
        #expect(result.endedAsTold)
        #expect(virtual.server.binaries.map(\.count) == [160, 160])
        #expect(virtual.server.closeCodes == [1_000])
        #expect(
            virtual.server.received == [
                #"{"version":"2","id":"st-01","type":"open","seq":1,"serverseq":0,"position":"PT0S","parameters":{"organizationId":"a1000000-0000-4000-8000-000000000000","conversationId":"ca-01","participant":{"id":"c3000000-0000-4000-8000-000000000000","ani":"+15550100","aniName":"","dnis":"+15550101"},"media":[{"type":"audio","format":"PCMU","channels":["external"],"rate":8000}],"language":"en-US","inputVariables":{}}}"#,
                #"{"version":"2","id":"st-01","type":"dtmf","seq":2,"serverseq":1,"position":"PT0.020S","parameters":{"digit":"2"}}"#,
                #"{"version":"2","id":"st-01","type":"close","seq":3,"serverseq":2,"position":"PT0.040S","parameters":{"reason":"end"}}"#,
            ]
        )
    }

    @Test func `no audio flows before the session is open`() {
        var virtual = VirtualCall(call(100), server: StandIn([(50, Self.opened)]))
        let result = virtual.run()
        #expect(result.framesSent == 3)
    }

    @Test func `it asks whether the server is there`() {
        let pong = Self.message("pong", seq: 2, clientseq: 2, "{}")
        var virtual = VirtualCall(call(2_000), server: StandIn([(1, Self.opened), (1_010, pong)]))
        let result = virtual.run()
        #expect(result.violations == [])
        #expect(
            virtual.server.received[1]
                == #"{"version":"2","id":"st-01","type":"ping","seq":2,"serverseq":1,"position":"PT1S","parameters":{"rtt":"PT0.02S"}}"#
        )
    }

    @Test func `a close without a word is found`() {
        let script = [(1, Self.opened), (110, VirtualServerOutput.close(code: 1_000, reason: ""))]
        var virtual = VirtualCall(call(100), server: StandIn(script))
        #expect(virtual.run().violations.map(\.rule) == [.noFarewell])
    }

    @Test func `a server that closes behind its last message is found`() {
        let script = [
            (1, Self.opened), (110, Self.message("closed", seq: 2, clientseq: 2, "{}")),
            (120, VirtualServerOutput.close(code: 1_000, reason: "")),
        ]
        var virtual = VirtualCall(call(100), server: StandIn(script))
        #expect(virtual.run().violations.map(\.rule) == [.closedFirst])
    }

    @Test func `it tells when sound begins and when all of it was heard`() {
        let sound = VirtualServerOutput.binary([UInt8](repeating: 0x80, count: 1_600))
        var virtual = VirtualCall(call(900), server: StandIn([(1, Self.opened), (100, sound), (250, sound)]))
        let result = virtual.run()
        #expect(result.violations == [])
        #expect(
            Array(virtual.server.received[1...2]) == [
                #"{"version":"2","id":"st-01","type":"playback_started","seq":2,"serverseq":1,"position":"PT0.100S","parameters":{}}"#,
                #"{"version":"2","id":"st-01","type":"playback_completed","seq":3,"serverseq":1,"position":"PT0.480S","parameters":{}}"#,
            ]
        )
    }

    @Test func `many small messages draw its error 429`() {
        let small = (0..<30).map { (100 + $0 * 20, VirtualServerOutput.binary([UInt8](repeating: 0x80, count: 160))) }
        var virtual = VirtualCall(call(2_000), server: StandIn([(1, Self.opened)] + small))
        #expect(virtual.run().violations.map(\.rule) == [.messageRate])
        #expect(
            virtual.server.received.contains {
                $0.contains(#""type":"error","#)
                    && $0.hasSuffix(#""parameters":{"code":429,"message":"Too Many Requests"}}"#)
            }
        )
    }

    static let planted: [(Violation.Rule, [VirtualServerOutput])] = [
        (.beforeStart, [message("event", seq: 1, clientseq: 1, #"{"entities":[]}"#)]),
        (.value, [message("opened", seq: 1, clientseq: 1, #"{"media":[]}"#)]),
        (.sequence, [opened, message("pong", seq: 3, clientseq: 1, "{}")]),
        (.sequence, [opened, message("event", seq: 2, clientseq: 9, #"{"entities":[]}"#)]),
        (.value, [opened, message("pong", seq: 2, clientseq: 1, "{}")]),
        (.value, [opened, message("event", seq: 2, clientseq: 1, #"{"entities":[]}"#)]),
        (.value, [opened, message("disconnect", seq: 2, clientseq: 1, #"{"reason":"bye"}"#)]),
        (.unknownMessage, [opened, message("mark", seq: 2, clientseq: 1, "{}")]),
        (.keys, [.text(#"{"type":"opened"}"#)]),
        (.frameSize, [opened, .binary([UInt8](repeating: 0, count: 64_001))]),
    ]

    @Test(arguments: planted)
    func `what a server says wrong is found`(rule: Violation.Rule, output: [VirtualServerOutput]) {
        var virtual = VirtualCall(call(500), server: StandIn(output.map { (100, $0) }))
        #expect(virtual.run().violations.map(\.rule) == [rule])
    }
}
