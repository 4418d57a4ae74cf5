// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Bots

@Suite struct TurnTakerTests {
    /// Plays a timeline.
    ///
    /// A character is 100 ms or something that happens: `s` speech starts, `e` speech ends, `B` the bot is busy. The result has a
    /// character where something changed: `b` began, `p` paused, `r` resumed, `E` ended, a digit for silence.
    static func play(_ timeline: String) -> String {
        var taker = TurnTaker(limits: TurnTaker.Limits(endOfTurn: 300, turn: 1_000, silence: 800))
        var result = ""
        for character in timeline {
            let change =
                switch character {
                case "s": taker.speechStarted()
                case "e": taker.speechEnded()
                default: taker.pass(100, isBotBusy: character == "B")
                }
            let sign =
                switch change {
                case nil: "-"
                case .began: "b"
                case .paused: "p"
                case .resumed: "r"
                case .ended: "E"
                case .silent(let times): "\(times)"
                }
            result += sign
        }
        return result
    }

    @Test(
        "Turns",
        arguments: [
            ("--s---e-----", "--b---p--E--"),
            ("s--e--s--e---", "b--p--r--p--E"),
            ("s--e---s-e---", "b--p--Eb-p--E"),
            ("--------------------", "-------1-------2----"),
            ("------s-e-------------", "------b-p--E-------1--"),
            ("-----BBB------------", "---------------1----"),
            ("s----------e---", "b---------Ep--E"),
            ("ee--s-s-e-e", "----b---p--"),
        ]
    )
    func turns(timeline: String, expected: String) {
        #expect(Self.play(timeline) == expected)
    }

    @Test("A key begins the silence anew")
    func key() {
        var taker = TurnTaker(limits: TurnTaker.Limits(endOfTurn: 300, turn: 1_000, silence: 800))
        #expect(taker.pass(700, isBotBusy: false) == nil)
        taker.noteActivity()
        #expect(taker.pass(700, isBotBusy: false) == nil)
        #expect(taker.pass(100, isBotBusy: false) == .silent(times: 1))
    }
}
