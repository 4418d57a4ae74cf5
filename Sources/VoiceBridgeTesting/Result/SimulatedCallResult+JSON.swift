// SPDX-License-Identifier: Apache-2.0

extension SimulatedCallResult {
    /// The call as one JSON object; times in milliseconds, from `start`.
    public var json: PlainJSON {
        .object([
            PlainJSON.Member("frames_sent", .integer(framesSent)),
            PlainJSON.Member("frames_received", .integer(framesReceived)),
            PlainJSON.Member("first_audio_ms", firstAudio.map { .integer($0.roundedMilliseconds) } ?? .null),
            PlainJSON.Member("underruns", .integer(playback.underruns)),
            PlainJSON.Member("underrun_ms", milliseconds(playback.underrunSamples)),
            PlainJSON.Member("interruptions", .integer(playback.interruptions)),
            PlainJSON.Member("digits", .string(digits)),
            PlainJSON.Member("ended_by", .string(endedBy.rawValue)),
            PlainJSON.Member("end_reason", .string(endReason)),
            PlainJSON.Member("commands", .array(commands.map(\.json))),
            PlainJSON.Member("ended_as_told", .bool(endedAsTold)),
            PlainJSON.Member("close_code", closeCode.map { .integer($0) } ?? .null),
            PlainJSON.Member("duration_ms", .integer(duration.roundedMilliseconds)),
            PlainJSON.Member("received_ms", milliseconds(playback.received)),
            PlainJSON.Member("heard_ms", milliseconds(playback.heard)),
            PlainJSON.Member("cleared_ms", milliseconds(playback.cleared)),
            PlainJSON.Member("cut_ms", milliseconds(playback.cut)),
            PlainJSON.Member("max_buffer_ms", milliseconds(playback.maximumDepth)),
            PlainJSON.Member("digits_received", .string(digitsReceived)),
            PlainJSON.Member("marks_received", .integer(marksReceived)),
            PlainJSON.Member("marks_returned", .integer(marksReturned)),
            PlainJSON.Member("late_messages", .integer(lateMessages)),
            PlainJSON.Member("own_delay_ms", .integer(ownDelay.roundedMilliseconds)),
            PlainJSON.Member("violations", .array(violations.map(Self.json))),
        ])
    }

    /// Rounded up, so that one sample of silence does not pass for none.
    private func milliseconds(_ samples: Int) -> PlainJSON {
        .integer((samples * 1_000 + sampleRate - 1) / sampleRate)
    }

    private static func json(_ violation: Violation) -> PlainJSON {
        .object([
            PlainJSON.Member("rule", .string(violation.rule.rawValue)),
            PlainJSON.Member("at_ms", .integer(violation.time.roundedMilliseconds)),
            PlainJSON.Member("detail", .string(violation.detail)),
        ])
    }
}
