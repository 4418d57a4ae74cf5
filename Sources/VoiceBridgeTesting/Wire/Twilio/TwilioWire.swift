// SPDX-License-Identifier: Apache-2.0

/// The wire of Twilio's two-way Media Streams, as its documents show it.
///
/// It is µ-law at 8 kHz, and takes none but the fields shown.
struct TwilioWire: NamedMessageWire {
    static let nameKey = "event"
    private static let account: PlainJSON = "AC00000000000000000000000000000000"

    let rules: WireRules
    private let streamID: String
    private var sequenceNumber = 0

    init(_ call: SimulatedCallConfiguration) {
        streamID = call.streamID
        var rules = WireRules(multiple: 1)
        rules.isLeftByClosing = true
        rules.clearedMarks = .returned
        self.rules = rules
    }

    mutating func connected() -> String? { #"{"event":"connected","protocol":"Call","version":"1.0.0"}"# }

    /// The numbers go as parameters, since the socket carries none.
    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        event(
            "start",
            [
                "streamSid": .string(streamID),
                "accountSid": Self.account,
                "callSid": .string(call.callID),
                "tracks": ["inbound"],
                "customParameters": ["from": .string(call.from), "to": .string(call.to)],
                "mediaFormat": ["encoding": "audio/x-mulaw", "sampleRate": .integer(sampleRate), "channels": 1],
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

    mutating func digit(_ digit: Character) -> String? {
        event("dtmf", ["track": "inbound_track", "digit": .string(String(digit))])
    }

    mutating func mark(_ name: String, isCleared: Bool) -> String? { event("mark", ["name": .string(name)]) }

    mutating func stop(callID: String, reason: String) -> String? {
        event("stop", ["accountSid": Self.account, "callSid": .string(callID)])
    }

    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        switch message.name {
        case "media":
            try message.has(["event", "streamSid", "media"])
            try message.check("streamSid", is: streamID)
            let media = try message.object("media")
            try media.has(["payload"])
            return .audio(try media.audio())
        case "mark":
            try message.has(["event", "streamSid", "mark"])
            try message.check("streamSid", is: streamID)
            let mark = try message.object("mark")
            try mark.has(["name"])
            return .mark(try mark.text("name"))
        case "clear":
            try message.has(["event", "streamSid"])
            try message.check("streamSid", is: streamID)
            return .clear
        default: throw message.unknown
        }
    }

    private mutating func event(_ name: String, _ body: PlainJSON) -> String {
        sequenceNumber += 1
        return PlainJSON.object([
            PlainJSON.Member("event", .string(name)),
            PlainJSON.Member("sequenceNumber", .string(String(sequenceNumber))),
            PlainJSON.Member("streamSid", .string(streamID)),
            PlainJSON.Member(name, body),
        ]).text
    }
}
