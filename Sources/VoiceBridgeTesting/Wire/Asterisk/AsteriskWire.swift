// SPDX-License-Identifier: Apache-2.0

/// The wire of Asterisk's `chan_websocket` with `f(json)`, as its documents show it: bare audio in the channel's codec.
///
/// What is no whole frame breaks a rule, as does a message over 65,500 bytes; what comes between `MEDIA_XOFF` and
/// `MEDIA_XON` is lost.
struct AsteriskWire: NamedMessageWire {
    static let nameKey = "command"

    let rules: WireRules
    private let channelID: String
    private let format: SimulatedAudioFormat

    init(_ call: SimulatedCallConfiguration) {
        channelID = call.streamID
        format = call.format
        var rules = WireRules(multiple: call.format.bytes(milliseconds: 20), maximum: 65_500)
        rules.sendsBinaryAudio = true
        rules.takesBinaryAudio = true
        rules.hangUpName = "HANGUP"
        // 900 and 800 frames of 20 ms.
        rules.queue = (full: .seconds(18), low: .seconds(16))
        self.rules = rules
    }

    mutating func connected() -> String? { nil }

    /// The caller's id and numbers go as channel variables, as a dialplan gives them.
    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        let message: PlainJSON = [
            "event": "MEDIA_START",
            "connection_id": .string(call.streamID),
            "channel": .string("WebSocket/\(call.streamID)/0"),
            "channel_id": .string(channelID),
            "format": .string(Self.name(of: format.encoding, sampleRate: sampleRate)),
            "optimal_frame_size": .integer(rules.multiple),
            "ptime": 20,
            "channel_variables": [
                "call_id": .string(call.callID), "from": .string(call.from), "to": .string(call.to),
            ],
        ]
        return message.text
    }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String { payload }

    mutating func digit(_ digit: Character) -> String? {
        let message: PlainJSON = [
            "event": "DTMF_END", "channel_id": .string(channelID), "digit": .string(String(digit)),
        ]
        return message.text
    }

    mutating func mark(_ name: String, isCleared: Bool) -> String? {
        let message: PlainJSON = [
            "event": "MEDIA_MARK_PROCESSED", "channel_id": .string(channelID), "correlation_id": .string(name),
        ]
        return message.text
    }

    mutating func hold(_ isHeld: Bool) -> String? {
        let message: PlainJSON = ["event": isHeld ? "MEDIA_XOFF" : "MEDIA_XON", "channel_id": .string(channelID)]
        return message.text
    }

    mutating func stop(callID: String, reason: String) -> String? { nil }

    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        switch message.name {
        case "FLUSH_MEDIA":
            try message.has(["command"])
            return .clear
        case "MARK_MEDIA":
            try message.has(["command", "correlation_id"])
            return .mark(try message.text("correlation_id"))
        case "HANGUP":
            try message.has(["command"])
            return .hangUp
        case "ANSWER":
            try message.has(["command"])
            return .nothing
        default: throw message.unknown
        }
    }

    /// The codec by Asterisk's name: `slin` with the thousands of its rate beyond 8 kHz.
    static func name(of encoding: SimulatedAudioFormat.Encoding, sampleRate: Int) -> String {
        switch encoding {
        case .ulaw: "ulaw"
        case .alaw: "alaw"
        case .pcm: sampleRate == 8_000 ? "slin" : "slin\(sampleRate / 1_000)"
        }
    }
}
