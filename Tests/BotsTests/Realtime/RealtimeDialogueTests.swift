// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing

@testable import Bots

@Suite("Realtime dialogues") struct RealtimeDialogueTests {
    @Test("A call is greeted, listened to and answered")
    func plain() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            10 ! hear 20
            80 ! open
            90 < created
            90 > update audio/pcmu
            100 ! hear 20
            120 < updated
            120 > append 40 ms
            120 > respond
            140 ! hear 20
            140 > append 20 ms
            150 < response r1
            300 < audio r1 i1 500
            300 * play 1 500 ms
            320 < audio r1 i1 300
            320 * play 1 300 ms
            330 < audio-done r1 i1
            330 * finish 1
            340 < done r1
            2000 < speech begins
            2900 < speech ends
            2950 < response r2
            3100 < audio r2 i2 100
            3100 * play 2 100 ms
            3110 < done r2
            3110 * finish 2
            3300 ! ended
            3300 * disconnect
            3300 * note realtime: 2 answers, 0 interrupted, 0 tool calls, 14 tokens in, 10 out, first audio after 200 ms in the mean and 200 ms at most, 0 reconnections, 0 errors, 0 late deltas, 0 bytes of the caller dropped
            """
        )
    }

    @Test("The platform's opening line comes before the configuration's greeting")
    func openingLine() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            90 < created
            90 > update audio/pcmu
            120 < updated
            120 > respond: Namaste.
            """,
            { $0.greeting = "Hello." },
            parameters: ["text": "Namaste."]
        )
    }

    @Test("A bot that does not speak first waits")
    func silent() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            2080 > update audio/pcmu
            2200 < updated
            2500 ! hear 20
            2500 > append 20 ms
            """,
            { $0.speaksFirst = false }
        )
    }

    @Test("A format that was ignored ends the call and says which")
    func ignoredFormat() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            90 < created
            90 > update audio/pcmu
            120 < updated audio/pcm
            120 * disconnect
            120 * note realtime: 0 answers, 0 interrupted, 0 tool calls, 0 tokens in, 0 out, first audio after 0 ms in the mean and 0 ms at most, 0 reconnections, 0 errors, 0 late deltas, 0 bytes of the caller dropped
            120 * fail the realtime service takes audio/pcm though audio/pcmu at 8000 Hz was asked for; set `audio`
            """
        )
    }

    @Test("The beta's words are spoken and understood")
    func beta() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            90 < created
            90 > update g711_ulaw
            120 < {"type":"session.updated","session":{"input_audio_format":"g711_ulaw","output_audio_format":"g711_ulaw"}}
            120 > respond
            150 < response r1
            200 < {"type":"response.audio.delta","response_id":"r1","item_id":"i1","content_index":0,"delta":"/////////////w=="}
            200 * play 1 1 ms
            210 < {"type":"response.audio.done","response_id":"r1","item_id":"i1"}
            210 * finish 1
            """,
            { $0.eventNames = .beta }
        )
    }

    @Test("Linear audio goes at 24 kHz, or at the rate that was set", arguments: [24_000, 8_000])
    func linear(rate: Int) {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            90 < created
            90 > update audio/pcm
            120 < {"type":"session.updated","session":{"audio":{"input":{"format":{"type":"audio/pcm","rate":\(rate)}},"output":{"format":{"type":"audio/pcm","rate":\(rate)}}}}}
            120 > respond
            130 < response r1
            200 < audio r1 i1 500
            200 * play 1 500 ms
            """,
            { $0.linearRate = rate },
            format: .linear16kHz
        )
    }
}
