// SPDX-License-Identifier: Apache-2.0

/// The wire of Exotel's AgentStream, the Voicebot applet, as its documents show it; numbers are texts.
struct ExotelWire: NamedMessageWire {
    static let nameKey = "event"
    private static let account = "simulated1"

    let rules: WireRules
    private let streamID: String
    private var sequenceNumber = 0
    /// The last number of the server's, and the last chunk of its audio.
    private var received = (sequence: 0, chunk: 0)

    init(_ call: SimulatedCallConfiguration) {
        streamID = call.streamID
        var rules = WireRules(multiple: 320, minimum: 3_200, maximum: 100_000)
        rules.isLeftByClosing = true
        rules.buffer = .seconds(4)
        self.rules = rules
    }

    mutating func connected() -> String? { #"{"event":"connected"}"# }

    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        event(
            "start",
            [
                "stream_sid": .string(streamID),
                "call_sid": .string(call.callID),
                "account_sid": .string(Self.account),
                "from": .string(call.from),
                "to": .string(call.to),
                "custom_parameters": [:],
                "media_format": [
                    "encoding": "audio/x-raw", "sample_rate": .string(String(sampleRate)), "bit_rate": "16",
                ],
            ]
        )
    }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String {
        event(
            "media",
            [
                "chunk": .string(String(chunk)),
                "timestamp": .string(String(milliseconds)),
                "payload": .string(payload),
            ]
        )
    }

    mutating func digit(_ digit: Character) -> String? {
        event("dtmf", ["digit": .string(String(digit)), "duration": "140"])
    }

    mutating func mark(_ name: String, isCleared: Bool) -> String? { event("mark", ["name": .string(name)]) }

    mutating func stop(callID: String, reason: String) -> String? {
        event(
            "stop",
            ["call_sid": .string(callID), "account_sid": .string(Self.account), "reason": .string(reason)]
        )
    }

    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        switch message.name {
        case "media":
            try message.has(["event", "stream_sid", "media"], or: ["sequence_number"])
            try message.check("stream_sid", is: streamID)
            let media = try message.object("media")
            try media.has(["payload"], or: ["chunk", "timestamp"])
            _ = try media.number("timestamp")
            received.sequence = try Self.next("sequence_number", of: message, after: received.sequence)
            received.chunk = try Self.next("chunk", of: media, after: received.chunk)
            return .audio(try media.audio())
        case "mark":
            try message.has(["event", "stream_sid", "mark"], or: ["sequence_number"])
            try message.check("stream_sid", is: streamID)
            received.sequence = try Self.next("sequence_number", of: message, after: received.sequence)
            let mark = try message.object("mark")
            try mark.has(["name"])
            return .mark(try mark.text("name"))
        case "clear":
            try message.has(["event", "stream_sid"])
            try message.check("stream_sid", is: streamID)
            return .clear
        default: throw message.unknown
        }
    }

    /// A number that grows from message to message, where the server gives one.
    private static func next(_ key: String, of message: WireMessage, after last: Int) throws(WireFault) -> Int {
        guard let number = try message.number(key) else { return last }
        guard number > last else { throw WireFault(.sequence, "\(message.name): \(key) \(number) after \(last)") }
        return number
    }

    private mutating func event(_ name: String, _ body: PlainJSON) -> String {
        sequenceNumber += 1
        return PlainJSON.object([
            PlainJSON.Member("event", .string(name)),
            PlainJSON.Member("sequence_number", .string(String(sequenceNumber))),
            PlainJSON.Member("stream_sid", .string(streamID)),
            PlainJSON.Member(name, body),
        ]).text
    }
}
