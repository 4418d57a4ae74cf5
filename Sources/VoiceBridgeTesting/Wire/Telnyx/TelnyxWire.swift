// SPDX-License-Identifier: Apache-2.0

/// The wire of Telnyx's media streaming with `stream_bidirectional_mode` `rtp`, as its documents show it.
///
/// Each way has a codec of its own, of which `start` tells the caller's; L16 has its high byte first, as RTP has it
/// (RFC 3551 §4.5.11).
struct TelnyxWire: NamedMessageWire {
    static let nameKey = "event"
    private static let user: PlainJSON = "simulated-user"

    let rules: WireRules
    private let streamID: String
    private var sequenceNumber = 0

    init(_ call: SimulatedCallConfiguration) {
        streamID = call.streamID
        let format = call.playedFormat
        var rules = WireRules(
            multiple: format.bytesPerSample,
            minimum: format.bytes(milliseconds: 20),
            maximum: format.bytes(milliseconds: 30_000)
        )
        rules.isBigEndian = true
        rules.isLeftByClosing = true
        rules.clearedMarks = .returned
        self.rules = rules
    }

    mutating func connected() -> String? { #"{"event":"connected","version":"1.0.0"}"# }

    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        let encoding: PlainJSON =
            switch call.format.encoding {
            case .pcm: "L16"
            case .ulaw: "PCMU"
            case .alaw: "PCMA"
            }
        return event(
            "start",
            [
                "user_id": Self.user,
                "call_control_id": .string(call.callID),
                "call_session_id": "simulated-session",
                "from": .string(call.from),
                "to": .string(call.to),
                "client_state": "",
                "custom_parameters": [:],
                "media_format": ["encoding": encoding, "sample_rate": .integer(sampleRate), "channels": 1],
            ]
        )
    }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String {
        event(
            "media",
            [
                "track": "inbound",
                "chunk": .string(String(chunk)),
                "timestamp": .string(String(milliseconds)),
                "payload": .string(payload),
            ]
        )
    }

    mutating func digit(_ digit: Character) -> String? { event("dtmf", ["digit": .string(String(digit))]) }

    mutating func mark(_ name: String, isCleared: Bool) -> String? {
        let message: PlainJSON = [
            "event": "mark", "stream_id": .string(streamID), "mark": ["name": .string(name)],
        ]
        return message.text
    }

    mutating func stop(callID: String, reason: String) -> String? {
        event("stop", ["user_id": Self.user, "call_control_id": .string(callID)])
    }

    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        switch message.name {
        case "media":
            try message.has(["event", "media"])
            let media = try message.object("media")
            try media.has(["payload"])
            return .audio(try media.audio())
        case "mark":
            try message.has(["event", "mark"])
            let mark = try message.object("mark")
            try mark.has(["name"])
            return .mark(try mark.text("name"))
        case "clear":
            try message.has(["event"])
            return .clear
        default: throw message.unknown
        }
    }

    private mutating func event(_ name: String, _ body: PlainJSON) -> String {
        sequenceNumber += 1
        return PlainJSON.object([
            PlainJSON.Member("event", .string(name)),
            PlainJSON.Member("sequence_number", .string(String(sequenceNumber))),
            PlainJSON.Member("stream_id", .string(streamID)),
            PlainJSON.Member(name, body),
        ]).text
    }
}
