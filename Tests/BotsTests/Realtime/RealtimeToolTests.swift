// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing

@testable import Bots

@Suite("Tools of a realtime model") struct RealtimeToolTests {
    private static let tools = [
        ToolDescription(
            name: "look_up",
            summary: "Looks something up",
            parameters: #"{"type":"object","properties":{}}"#,
            timeout: .seconds(5),
            filler: ToolFiller(after: .seconds(1), text: "One moment."),
            runsAfterAnswer: false
        ),
        ToolDescription(
            name: "end_call",
            summary: "Ends the call",
            parameters: #"{"type":"object","properties":{}}"#,
            timeout: .seconds(5),
            filler: nil,
            runsAfterAnswer: true
        ),
    ]

    private func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        Dialogue.expect(RealtimeBargeInTests.opening + text, tools: Self.tools, sourceLocation: sourceLocation)
    }

    @Test("Several calls in one answer are all answered before the next answer is asked for")
    func several() {
        expect(
            """
            200 < call r1 c1 look_up {"what":"a"}
            200 * run c1 look_up {"what":"a"}
            210 < call r1 c2 look_up {"what":"b"}
            210 * run c2 look_up {"what":"b"}
            300 ! answer c2 {"found":2}
            400 < done r1
            500 ! answer c1 {"found":1}
            500 > output c1 {"found":1}
            500 > output c2 {"found":2}
            500 > respond
            """
        )
    }

    @Test("A tool that is done before its answer is over waits for that")
    func early() {
        expect(
            """
            200 < call r1 c1 look_up {}
            200 * run c1 look_up {}
            210 ! answer c1 1
            300 < done r1
            300 > output c1 1
            300 > respond
            """
        )
    }

    @Test("The call that only the end of the answer names is run too")
    func beta() {
        let done =
            #"{"type":"response.done","response":{"id":"r1","status":"completed","output":[{"type":"function_call","#
            + #""call_id":"c1","name":"look_up","arguments":"{}"}]}}"#
        expect(
            """
            200 < call r1 c1
            300 < \(done)
            300 * run c1 look_up {}
            """
        )
    }

    @Test("A slow tool is bridged by words apart from the conversation, and answered for in the end")
    func slow() {
        expect(
            """
            200 < call r1 c1 look_up {}
            200 * run c1 look_up {}
            300 < done r1
            1200 > respond apart: One moment.
            1300 < response r2
            1400 < audio r2 i2 600
            1400 * play 1 600 ms
            1500 < done r2
            1500 * finish 1
            5200 * stop c1
            5200 * note the tool 'look_up' did not answer in time
            5200 > output c1 {"error":"the function did not answer in time"}
            5200 > respond
            5300 < response r3
            """
        )
    }

    @Test("Bridging words that the caller interrupts are cancelled by us and cut nowhere")
    func interruptedFiller() {
        expect(
            """
            200 < call r1 c1 look_up {}
            200 * run c1 look_up {}
            300 < done r1
            1200 > respond apart: One moment.
            1300 < response r2
            1400 < audio r2 i2 600
            1400 * play 1 600 ms
            1600 < speech begins
            1600 > cancel r2
            1600 * flush
            """
        )
    }

    @Test("A result that comes while the caller speaks waits for the turn's end and the service's own answer")
    func whileSpeaking() {
        expect(
            """
            200 < call r1 c1 look_up {}
            200 * run c1 look_up {}
            300 < done r1
            500 < speech begins
            600 ! answer c1 1
            600 > output c1 1
            900 < speech ends
            950 < response r2
            """
        )
    }

    @Test("The end of the call waits for the answer that calls it, and nothing interrupts it then")
    func endCall() {
        expect(
            """
            200 < audio r1 i1 900
            200 * play 1 900 ms
            210 < call r1 c1 end_call {}
            300 < done r1
            300 * finish 1
            300 * run c1 end_call {}
            310 ! end-call c1 Goodbye.
            310 > output c1 {"ok":true}
            310 * hang up
            400 < speech begins
            500 ! wait
            """
        )
    }

    @Test("A model that ends the call without a word is made to say goodbye")
    func farewell() {
        expect(
            """
            210 < call r1 c1 end_call {}
            300 < done r1
            300 * run c1 end_call {}
            310 ! end-call c1 Goodbye.
            310 > output c1 {"ok":true}
            310 > respond: Goodbye.
            350 < response r2
            400 < audio r2 i2 700
            400 * play 1 700 ms
            450 < done r2
            450 * finish 1
            450 * hang up
            """
        )
    }

    @Test("A function that nobody told the model of is answered with an error")
    func unknown() {
        expect(
            """
            200 < call r1 c1 fly {}
            200 * note the model calls the function 'fly', which it was not told of
            300 < done r1
            300 > output c1 {"error":"there is no such function"}
            300 > respond
            """
        )
    }

    @Test("A tool of a lost session tells the next one in words")
    func foreign() {
        expect(
            """
            200 < call r1 c1 look_up {}
            200 * run c1 look_up {}
            300 < done r1
            400 ! closed
            400 * note the realtime service is lost: closed with 1006; attempt 1 follows
            400 * disconnect
            500 ! answer c1 17
            650 * connect
            700 ! open
            710 < created
            710 > update audio/pcmu
            720 < updated
            720 > item system: The function look_up answered: 17
            720 > respond
            """
        )
    }
}
