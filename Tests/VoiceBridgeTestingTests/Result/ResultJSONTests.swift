// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

@Suite struct ResultJSONTests {
    /// The keys that tools rely on come first, then what is more.
    @Test func `keys and their order`() throws {
        let keys = try #require(SimulatedCallResult(failure: "refused").json.members?.map(\.key))
        #expect(
            keys == [
                "frames_sent", "frames_received", "first_audio_ms", "underruns", "underrun_ms", "interruptions",
                "digits",
                "ended_by", "end_reason", "commands", "ended_as_told", "close_code", "duration_ms", "received_ms",
                "heard_ms", "cleared_ms", "cut_ms", "max_buffer_ms", "digits_received", "marks_received",
                "marks_returned", "late_messages", "own_delay_ms", "violations",
            ]
        )
    }

    @Test func `a whole call`() {
        let digits = ScheduledDigit("7", at: .milliseconds(500)).map { [$0] } ?? []
        var virtual = VirtualCall(
            call(2_000) { $0.digits = digits },
            server: StandIn([
                (40, audio(200)), (240, audio(20)), (270, audio(200)), (300, .text(#"{"type":"audio.clear"}"#)),
                (600, .text(#"{"type":"session.dtmf","dtmf":"12#"}"#)),
                (900, .text(#"{"type":"session.transfer","destination":["0981","0982"],"strategy":"sequential"}"#)),
            ])
        )
        #expect(
            virtual.run().json.text
                == #"{"frames_sent":45,"frames_received":3,"first_audio_ms":40,"underruns":1,"underrun_ms":10,"#
                + #""interruptions":1,"digits":"7","ended_by":"bot","end_reason":"transfer","commands":["#
                + #"{"type":"audio.clear","at_ms":300},{"type":"session.dtmf","at_ms":600,"dtmf":"12#"},"#
                + #"{"type":"session.transfer","at_ms":900,"destination":["0981","0982"],"strategy":"sequential"}],"#
                + #""ended_as_told":true,"close_code":1000,"duration_ms":900,"received_ms":420,"heard_ms":250,"#
                + #""cleared_ms":170,"cut_ms":0,"max_buffer_ms":200,"digits_received":"12#","marks_received":0,"#
                + #""marks_returned":0,"late_messages":0,"own_delay_ms":0,"violations":[]}"#
        )
    }

    @Test func `a call that did not come about`() {
        let json = SimulatedCallResult(failure: "connection refused").json
        #expect(json["ended_by"] == .string("error"))
        #expect(json["end_reason"] == .string("connection refused"))
        #expect(json["first_audio_ms"] == .null)
        #expect(json["close_code"] == .null)
    }
}
