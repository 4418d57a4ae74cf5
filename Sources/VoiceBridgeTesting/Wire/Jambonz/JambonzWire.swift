// SPDX-License-Identifier: Apache-2.0

/// The wire of jambonz's `listen` with `bidirectionalAudio.streaming`, as its documents show it: bare linear audio.
///
/// `disconnect` ends the verb, and the flow goes on.
struct JambonzWire: NamedMessageWire {
    static let nameKey = "type"

    let rules: WireRules

    init(_ call: SimulatedCallConfiguration) {
        var rules = WireRules(multiple: call.format.bytesPerSample)
        rules.sendsBinaryAudio = true
        rules.takesBinaryAudio = true
        rules.clearedMarks = .kept
        rules.hangUpName = "disconnect"
        self.rules = rules
    }

    mutating func connected() -> String? { nil }

    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        let message: PlainJSON = [
            "callSid": .string(call.callID),
            "from": .string(call.from),
            "to": .string(call.to),
            "sampleRate": .integer(sampleRate),
            "mixType": "mono",
            "metadata": [:],
        ]
        return message.text
    }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String { payload }

    /// The duration counts the telephone's RTP clock, 8000 a second.
    mutating func digit(_ digit: Character) -> String? {
        let message: PlainJSON = ["event": "dtmf", "dtmf": .string(String(digit)), "duration": "1600"]
        return message.text
    }

    mutating func mark(_ name: String, isCleared: Bool) -> String? {
        let message: PlainJSON = [
            "type": "mark", "data": ["name": .string(name), "event": isCleared ? "cleared" : "playout"],
        ]
        return message.text
    }

    mutating func stop(callID: String, reason: String) -> String? { nil }

    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        switch message.name {
        case "killAudio":
            try message.has(["type"])
            return .clear
        case "clearMarks":
            try message.has(["type"])
            return .clearMarks
        case "mark":
            try message.has(["type", "data"])
            let data = try message.object("data")
            try data.has(["name"])
            return .mark(try data.text("name"))
        case "disconnect":
            try message.has(["type"])
            return .hangUp
        default: throw message.unknown
        }
    }
}
