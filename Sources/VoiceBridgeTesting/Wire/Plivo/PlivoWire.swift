// SPDX-License-Identifier: Apache-2.0

/// The wire of Plivo's two-way audio streams, as its documents show it.
///
/// It has no message before `start` and none at the end, and each piece of the server's audio repeats the format. Vobiz also
/// takes a message by which the bot ends the call.
struct PlivoWire: NamedMessageWire {
    static let nameKey = "event"
    /// Unix time of a call's first sample, in milliseconds: the platform dates its audio.
    private static let epoch = 1_790_000_000_000

    let rules: WireRules
    private let streamID: String
    private let format: SimulatedAudioFormat
    private let takesStop: Bool
    private var sequenceNumber = 0

    init(_ call: SimulatedCallConfiguration) {
        streamID = call.streamID
        format = call.format
        takesStop = call.variant == .vobiz
        var rules = WireRules(multiple: format.bytesPerSample)
        rules.isLeftByClosing = true
        rules.buffer = .seconds(40)
        rules.hangUpName = takesStop ? "stop" : nil
        self.rules = rules
    }

    private var encoding: String { format.encoding == .pcm ? "audio/x-l16" : "audio/x-mulaw" }

    mutating func connected() -> String? { nil }

    /// The numbers go as extra headers, since the socket carries none; a plus may not stand in those.
    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        let headers = "from=\(call.from.filter { $0 != "+" });to=\(call.to.filter { $0 != "+" })"
        return PlainJSON.object([
            PlainJSON.Member("sequenceNumber", .integer(takeNumber())),
            PlainJSON.Member("event", "start"),
            PlainJSON.Member(
                "start",
                [
                    "callId": .string(call.callID),
                    "streamId": .string(streamID),
                    "accountId": "77",
                    "tracks": ["inbound"],
                    "mediaFormat": ["encoding": .string(encoding), "sampleRate": .integer(sampleRate)],
                ]
            ),
            PlainJSON.Member("extra_headers", .string(headers)),
        ]).text
    }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String {
        let message: PlainJSON = [
            "sequenceNumber": .integer(takeNumber()),
            "streamId": .string(streamID),
            "event": "media",
            "media": [
                "track": "inbound",
                "timestamp": .string(String(Self.epoch + milliseconds)),
                "chunk": .integer(chunk),
                "payload": .string(payload),
            ],
            "extra_headers": "",
        ]
        return message.text
    }

    mutating func digit(_ digit: Character) -> String? {
        let message: PlainJSON = [
            "event": "dtmf",
            "streamId": .string(streamID),
            "sequenceNumber": .integer(takeNumber()),
            "dtmf": ["digit": .string(String(digit)), "track": "inbound"],
        ]
        return message.text
    }

    mutating func mark(_ name: String, isCleared: Bool) -> String? {
        let message: PlainJSON = ["event": "playedStream", "streamId": .string(streamID), "name": .string(name)]
        return message.text
    }

    mutating func cleared() -> String? {
        let message: PlainJSON = ["event": "clearedAudio", "streamId": .string(streamID)]
        return message.text
    }

    mutating func stop(callID: String, reason: String) -> String? { nil }

    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        if message["streamId"] != nil { try message.check("streamId", is: streamID) }
        switch message.name {
        case "playAudio":
            try message.has(["event", "media"], or: ["streamId"])
            let media = try message.object("media")
            try media.has(["contentType", "sampleRate", "payload"])
            try media.check("contentType", is: encoding)
            guard try media.number("sampleRate") == format.sampleRate else {
                throw WireFault(.value, "playAudio: the sampleRate is not that of the stream")
            }
            return .audio(try media.audio())
        case "checkpoint":
            try message.has(["event", "streamId", "name"])
            return .mark(try message.text("name"))
        case "clearAudio":
            try message.has(["event", "streamId"])
            return .clear
        case "sendDTMF":
            try message.has(["event", "dtmf"], or: ["streamId"])
            let digits = try message.text("dtmf")
            guard digits.allSatisfy("0123456789*#ABCD".contains) else {
                throw WireFault(.value, "sendDTMF: '\(digits.prefix(40))' is not of 0-9*#A-D")
            }
            return .digits(digits)
        case "stop" where takesStop:
            try message.has(["event", "streamId"])
            return .hangUp
        default: throw message.unknown
        }
    }

    private mutating func takeNumber() -> Int {
        defer { sequenceNumber += 1 }
        return sequenceNumber
    }
}
