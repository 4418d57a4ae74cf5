// SPDX-License-Identifier: Apache-2.0
import CallModel
import Testing
import VoiceBridge

@testable import voicebridge

@Suite("voicebridge call: turns as the server's log has them")
struct ServerTurnsTests {
    private let timings = TurnTimings(
        turn: Turn(startedAt: .zero, endedAt: .seconds(1), reason: .silence, audio: 0..<8_000),
        network: .milliseconds(12),
        endOfTurn: .milliseconds(700),
        taken: .milliseconds(702),
        stages: [.recognized: .milliseconds(400), .firstAudio: .milliseconds(900)],
        sent: .milliseconds(920),
        heard: .milliseconds(1_000)
    )

    private func json(_ call: String) -> String {
        #"{"call":"\#(call)","level":"debug","message":"turn answered: \#(timings)","time":"2026-01-01T00:00:00Z"}"#
    }

    private func text(_ call: String) -> String {
        "2026-01-01T00:00:00Z debug: turn answered: \(timings) call=\(call)"
    }

    @Test("both formats of the log are read, lines of other calls and other things are passed over")
    func reading() {
        let log = [json("call_1"), "nothing", json("call_2"), text("call_1"), #"{"call":"call_1","message":"digit"}"#]
        let turns = ServerTurns.read(log.joined(separator: "\n"), call: "call_1")
        let stages = [
            ("end_of_turn", 700), ("taken", 702), ("recognized", 400), ("first_audio", 900), ("sent", 920),
            ("heard", 1_000),
        ]
        #expect(turns.map(\.network) == [12, 12])
        for turn in turns { #expect(turn.stages == stages.map { Waterfall.Stage($0, .milliseconds($1)) }) }
    }

    @Test("stages are drawn in the order in which they were over, what was over early first")
    func drawing() {
        #expect(
            ServerTurns.lines(text("call_1"), call: "call_1") == [
                "the server's turn 1, network 12 ms",
                "  recognized     |################                        | 400 ms (+400)",
                "  end_of_turn    |                ############            | 700 ms (+300)",
                "  taken          |                                        | 702 ms (+2)",
                "  first_audio    |                            ########    | 900 ms (+198)",
                "  sent           |                                    #   | 920 ms (+20)",
                "  heard          |                                     ###| 1000 ms (+80)",
            ]
        )
    }

    @Test(
        "a log without the call, broken lines and hostile ones",
        arguments: [
            "", "turn answered: ", "call_1 turn answered: x y z", "call_1 turn answered: sent 99999999999999999999 ms",
        ]
    )
    func nothing(_ log: String) {
        #expect(ServerTurns.lines(log, call: "call_1").first?.hasPrefix("the server's log tells of no turn") == true)
    }
}
