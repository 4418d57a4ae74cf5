// SPDX-License-Identifier: Apache-2.0

/// The wire of Vonage's WebSocket endpoint, as its documents show it: bare audio of 20 ms a message both ways.
///
/// The close of the socket is the only end, and audio of another size ends the connection without a close frame.
struct VonageWire: NamedMessageWire {
    static let nameKey = "action"

    let rules: WireRules

    init(_ call: SimulatedCallConfiguration) {
        let frame = call.format.bytes(milliseconds: 20)
        var rules = WireRules(multiple: frame, maximum: frame)
        rules.sendsBinaryAudio = true
        rules.takesBinaryAudio = true
        rules.isLeftByClosing = true
        rules.cutsOffenders = true
        // 3072 messages of 20 ms.
        rules.buffer = .milliseconds(3_072 * 20)
        self.rules = rules
    }

    mutating func connected() -> String? { nil }

    /// Ids and numbers stand beside the platform's own members, as a customer's `headers` put them there.
    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        let message: PlainJSON = [
            "event": "websocket:connected",
            "content-type": .string("audio/l16;rate=\(sampleRate)"),
            "call_id": .string(call.callID),
            "from": .string(call.from),
            "to": .string(call.to),
        ]
        return message.text
    }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String { payload }

    mutating func digit(_ digit: Character) -> String? {
        let message: PlainJSON = ["event": "websocket:dtmf", "digit": .string(String(digit)), "duration": 260]
        return message.text
    }

    mutating func mark(_ name: String, isCleared: Bool) -> String? {
        let message: PlainJSON = ["event": "websocket:notify", "payload": ["name": .string(name)]]
        return message.text
    }

    mutating func cleared() -> String? { #"{"event":"websocket:cleared"}"# }

    mutating func stop(callID: String, reason: String) -> String? { nil }

    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        switch message.name {
        case "clear":
            try message.has(["action"])
            return .clear
        case "notify":
            try message.has(["action", "payload"])
            let payload = try message.object("payload")
            try payload.has(["name"])
            return .mark(try payload.text("name"))
        default: throw message.unknown
        }
    }
}
