// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import voicebridge

@Suite("voicebridge call: turns as the line has them")
struct AnsweredTurnTests {
    /// Milliseconds of quiet and of voice, in turn, beginning with quiet, at 8 kHz.
    private func line(_ milliseconds: [Int]) -> [Int16] {
        milliseconds.enumerated().flatMap { index, length in
            let count = length * 8
            guard !index.isMultiple(of: 2) else { return [Int16](repeating: 0, count: count) }
            return Tone.samples(of: Tone.together([180, 360, 540, 720, 1_100]), rate: 8_000, count: count)
        }
    }

    private func turns(caller: [Int], bot: [Int], arrivals: [Int] = []) -> [AnsweredTurn] {
        AnsweredTurn.find(
            caller: line(caller),
            heard: line(bot),
            rate: 8_000,
            arrivals: arrivals.map { .milliseconds($0) }
        )
    }

    @Test("an answer belongs to what was said last before it, and to the message that came in between")
    func answer() throws {
        let found = turns(caller: [500, 600, 2_000], bot: [1_800, 500, 500], arrivals: [10, 1_740])
        let turn = try #require(found.first)
        #expect(found.count == 1)
        #expect(abs((turn.spoke.lowerBound - .milliseconds(500)) / .milliseconds(1)) <= 40)
        #expect(abs((turn.spoke.upperBound - .milliseconds(1_100)) / .milliseconds(1)) <= 40)
        #expect(turn.heard == .milliseconds(1_800) && turn.arrived == .milliseconds(1_740))
    }

    @Test(
        "what is no answer is no turn",
        arguments: [
            // A greeting; a caller who is never answered; a bot that begins while the caller speaks; one that goes on.
            ([2_000, 500, 100], [200, 600, 1_000]), ([500, 600, 2_000], [3_000]),
            ([500, 1_500, 1_000], [1_000, 300, 1_500]), ([500, 600, 1_500], [200, 2_400]),
        ]
    )
    func noTurn(_ caller: [Int], _ bot: [Int]) {
        #expect(turns(caller: caller, bot: bot) == [])
    }

    @Test("each answer has its own turn, a pause inside an answer begins no other")
    func several() {
        let found = turns(caller: [500, 600, 2_400, 600, 2_000], bot: [1_600, 400, 300, 400, 2_000, 400])
        #expect(found.map(\.heard) == [.milliseconds(1_600), .milliseconds(4_700)])
        #expect(found.allSatisfy { $0.arrived == nil })
    }

    @Test("a turn is drawn in lines that fit a terminal")
    func drawing() {
        let turn = AnsweredTurn(
            spoke: .milliseconds(500) ..< .milliseconds(1_480),
            arrived: .milliseconds(2_080),
            heard: .milliseconds(2_280)
        )
        #expect(
            turn.lines(3) == [
                "turn 3: spoke 0.500 to 1.480 s",
                "  answer arrives |##############################          | 600 ms (+600)",
                "  answer heard   |                              ##########| 800 ms (+200)",
            ]
        )
    }
}
