// SPDX-License-Identifier: Apache-2.0

/// The wire of IVR Solutions' WSS telephony bridge, as its public document shows it.
struct IVRSolutionsWire: PlatformWire {
    let rules: WireRules
    let streamID: String
    private var sequenceNumber = 0

    init(_ call: SimulatedCallConfiguration) {
        streamID = call.streamID
        let frame = call.format.bytes(milliseconds: 20)
        var rules = WireRules(multiple: frame, maximum: 10 * frame)
        rules.takesBinaryAudio = true
        rules.hangUpName = "session.hangup"
        self.rules = rules
    }

    mutating func connected() -> String? { #"{"event":"connected"}"# }

    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        let encoding =
            switch call.format.encoding {
            case .pcm: "raw/slin"
            case .ulaw: "raw/mulaw"
            case .alaw: "raw/alaw"
            }
        return event(
            "start",
            [
                PlainJSON.Member("stream_sid", .string(streamID)),
                PlainJSON.Member("call_sid", .string(call.callID)),
                PlainJSON.Member("from", .string(call.from)),
                PlainJSON.Member("to", .string(call.to)),
                PlainJSON.Member(
                    "media_format",
                    .object([
                        PlainJSON.Member("encoding", .string(encoding)),
                        PlainJSON.Member("sample_rate", .integer(sampleRate)),
                    ])
                ),
            ]
        )
    }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String {
        event(
            "media",
            [
                PlainJSON.Member("chunk", .integer(chunk)),
                PlainJSON.Member("timestamp", .string(String(milliseconds))),
                PlainJSON.Member("payload", .string(payload)),
            ]
        )
    }

    mutating func digit(_ digit: Character) -> String? {
        event(
            "dtmf",
            [PlainJSON.Member("digit", .string(String(digit))), PlainJSON.Member("duration", .string("110"))]
        )
    }

    mutating func mark(_ name: String, isCleared: Bool) -> String? {
        event("mark", [PlainJSON.Member("name", .string(name))])
    }

    mutating func stop(callID: String, reason: String) -> String? {
        event(
            "stop",
            [PlainJSON.Member("call_sid", .string(callID)), PlainJSON.Member("reason", .string(reason))]
        )
    }

    private mutating func event(_ name: String, _ body: [PlainJSON.Member]) -> String {
        sequenceNumber += 1
        return PlainJSON.object([
            PlainJSON.Member("event", .string(name)),
            PlainJSON.Member("sequence_number", .integer(sequenceNumber)),
            PlainJSON.Member("stream_sid", .string(streamID)),
            PlainJSON.Member(name, .object(body)),
        ]).text
    }
}
