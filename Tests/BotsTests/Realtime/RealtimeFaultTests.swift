// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing

@testable import Bots

@Suite("Faults of a realtime service") struct RealtimeFaultTests {
    private static let none =
        "note realtime: 0 answers, 0 interrupted, 0 tool calls, 0 tokens in, 0 out, first audio after 0 ms in the mean and "
        + "0 ms at most, 0 reconnections, 0 errors, 0 late deltas, 0 bytes of the caller dropped"

    @Test("A lost session is taken up again with what was said, and the caller's words in between are not lost")
    func reconnects() {
        Dialogue.expect(
            RealtimeBargeInTests.opening + """
                200 < audio r1 i1 500
                200 * play 1 500 ms
                210 < words i1 Hello there.
                220 < done r1
                220 * finish 1
                2000 < speech begins
                2500 < caller What is the time?
                2500 < speech ends
                2600 ! closed
                2600 * note the realtime service is lost: closed with 1006; attempt 1 follows
                2600 * disconnect
                2700 ! hear 60
                2850 * connect
                2900 ! open
                2910 < created
                2910 > update audio/pcmu
                2950 < updated
                2950 > item assistant: Hello there.
                2950 > item user: What is the time?
                2950 > append 60 ms
                2950 > respond
                """
        )
    }

    @Test("A session that is cut off in the midst of an answer says the rest")
    func cutOff() {
        Dialogue.expect(
            RealtimeBargeInTests.opening + """
                200 < audio r1 i1 500
                200 * play 1 500 ms
                210 < words i1 Hello there, my
                300 ! closed
                300 * finish 1
                300 * note the realtime service is lost: closed with 1006; attempt 1 follows
                300 * disconnect
                550 * connect
                600 ! open
                610 < created
                610 > update audio/pcmu
                650 < updated
                650 > item assistant: Hello there, my
                650 > item system: The line to you was lost in the midst of your last answer: say its rest.
                650 > respond
                """
        )
    }

    @Test("Words that come before their audio are known to the next session too")
    func earlyWords() {
        Dialogue.expect(
            RealtimeBargeInTests.opening + """
                190 < words i1 Hello
                200 < audio r1 i1 500
                200 * play 1 500 ms
                210 < {"type":"response.output_audio_transcript.delta","item_id":"i1","delta":" there."}
                220 < done r1
                220 * finish 1
                2600 ! closed
                2600 * note the realtime service is lost: closed with 1006; attempt 1 follows
                2600 * disconnect
                2850 * connect
                2900 ! open
                2910 < created
                2910 > update audio/pcmu
                2950 < updated
                2950 > item assistant: Hello there.
                """
        )
    }

    @Test("A request that crosses an answer of the service's own is made again behind it")
    func crossedRequest() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            90 < created
            90 > update audio/pcmu
            120 < updated
            120 > respond
            130 < response r1
            140 < error conversation_already_has_active_response vb-create-2
            140 * note the realtime service told an error: conversation_already_has_active_response: no
            150 < audio r1 i1 100
            150 * play 1 100 ms
            160 < done r1
            160 * finish 1
            160 > respond
            170 < response r2
            180 < done r2
            """
        )
    }

    @Test("An expired session is replaced at once after its pause")
    func expired() {
        Dialogue.expect(
            RealtimeBargeInTests.opening + """
                170 < done r1
                5000 < error session_expired
                5000 * note the realtime service is lost: session_expired: no; attempt 1 follows
                5000 * disconnect
                5250 * connect
                5300 ! wait
                """
        )
    }

    @Test("A service that is too busy is tried again later, each time later, and then given up")
    func busy() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            50 ! refused 429
            50 * note the realtime service is lost: the opening request was answered with 429; attempt 1 follows
            50 * disconnect
            300 * connect
            350 ! refused 503
            350 * note the realtime service is lost: the opening request was answered with 503; attempt 2 follows
            350 * disconnect
            850 * connect
            900 ! refused 429
            900 * disconnect
            900 * \(Self.none)
            900 * fail the realtime service is out of reach: the opening request was answered with 429
            """,
            { $0.reconnectPatience = .milliseconds(1_500) }
        )
    }

    @Test(
        "A wrong key and a certificate that is not trusted end the call at once",
        arguments: [
            ("refused 401", "the realtime service answered 401 to the opening request; check URL, model and key"),
            ("untrusted", "the realtime service is not trusted: its certificate is self-signed"),
        ]
    )
    func hopeless(end: String, error: String) {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            50 ! \(end)
            50 * disconnect
            50 * \(Self.none)
            50 * fail \(error)
            """
        )
    }

    @Test(
        "Settings that the service refuses end the call",
        arguments: [
            "error invalid_value vb-update-1", "error beta_api_shape_disabled", "error invalid_api_key",
        ]
    )
    func refused(error: String) {
        let code = error.split(separator: " ")[1]
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            90 < created
            90 > update audio/pcmu
            120 < \(error)
            120 * disconnect
            120 * \(Self.none)
            120 * fail the realtime service refuses: \(code): no
            """
        )
    }

    @Test("Every wait ends: the socket, the confirmation, an answer, the rest of an answer")
    func waits() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            5000 * note the realtime service is lost: no connection within 5.0 seconds; attempt 1 follows
            5000 * disconnect
            5250 * connect
            5300 ! open
            5310 < created
            5310 > update audio/pcmu
            15310 * note the realtime service is lost: the session was not confirmed within 10.0 seconds; attempt 2 follows
            15310 * disconnect
            15810 * connect
            15850 ! open
            15860 < created
            15860 > update audio/pcmu
            15870 < updated
            15870 > respond
            25870 * note the realtime service is lost: no answer within 10.0 seconds; attempt 3 follows
            25870 * disconnect
            26870 * connect
            26900 ! open
            26910 < created
            26910 > update audio/pcmu
            26920 < updated
            26920 > respond
            26930 < response r1
            27000 < audio r1 i1 100
            27000 * play 1 100 ms
            37000 * finish 1
            37000 * note the realtime service is lost: no more of an answer within 10.0 seconds; attempt 1 follows
            37000 * disconnect
            37100 ! wait
            """,
            { $0.reconnectPatience = .seconds(60) }
        )
    }

    @Test("An answer that the service owes is asked for, once")
    func owed() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            90 < created
            90 > update audio/pcmu
            120 < updated
            1000 < speech begins
            1500 < speech ends
            11500 > respond
            11600 < response r1
            """,
            { $0.speaksFirst = false }
        )
    }

    @Test("A failed answer is asked for again, later each time, and not for ever")
    func failedAnswers() {
        let failed =
            #"{"type":"response.done","response":{"id":"ID","status":"failed","status_details":{"type":"failed","error":{"#
            + #""type":"server_error","code":"rate_limit_exceeded","message":"slow down"}},"output":[]}}"#
        Dialogue.expect(
            RealtimeBargeInTests.opening + """
                200 < \(failed.replacing("ID", with: "r1"))
                200 * note an answer of the realtime service failed: rate_limit_exceeded: slow down
                1200 > respond
                1250 < response r2
                1300 < \(failed.replacing("ID", with: "r2"))
                1300 * note an answer of the realtime service failed: rate_limit_exceeded: slow down
                3300 > respond
                3350 < response r3
                3400 < done r3
                3410 ! wait
                """
        )
    }

    @Test("A session is replaced before the service ends it, between two turns")
    func renewal() {
        Dialogue.expect(
            RealtimeBargeInTests.opening + """
                200 < audio r1 i1 2000
                200 * play 1 2000 ms
                210 < words i1 Hello.
                1000 < audio-done r1 i1
                1000 * finish 1
                1100 < done r1
                2200 * note the realtime session is replaced for its age
                2200 * disconnect
                2200 * connect
                2250 ! open
                2260 < created
                2260 > update audio/pcmu
                2270 < updated
                2270 > item assistant: Hello.
                """,
            { $0.sessionAge = .seconds(1) }
        )
    }

    @Test("What is no event, and what is no base64, costs itself")
    func malformed() {
        Dialogue.expect(
            RealtimeBargeInTests.opening + """
                200 < {"type":
                200 * note the realtime service sent a text that is no event: json(the text ends too early at byte 8)
                210 < {"type":"response.output_audio.delta","response_id":"r1","item_id":"i1","delta":"?"}
                220 < {"type":"rate_limits.updated","rate_limits":[]}
                230 < audio r1 i1 100
                230 * play 1 100 ms
                """
        )
    }

    @Test("Caller audio that cannot be sent is kept, up to the limit")
    func stuck() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            90 < created
            90 > update audio/pcmu
            120 < updated
            200 ! stuck
            300 ! hear 800
            400 ! hear 800
            500 ! writable
            500 > append 1000 ms
            510 ! hear 20
            510 > append 20 ms
            """,
            {
                $0.speaksFirst = false
                $0.inputBuffer = .seconds(1)
            }
        )
    }
}
