// SPDX-License-Identifier: Apache-2.0

/// The wire of Ozonetel's streams, as integrations of it show it: samples as numbers, no marks.
struct OzonetelWire: PlatformWire {
    let rules: WireRules
    private let callID: String
    private let number: String

    init(_ call: SimulatedCallConfiguration) {
        callID = call.callID
        number = call.to
        var rules = WireRules(multiple: 160)
        rules.hangUpName = "callDisconnect"
        self.rules = rules
    }

    mutating func connected() -> String? { nil }

    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        let message: PlainJSON = [
            "event": "start", "type": "text", "ucid": .string(callID), "did": .string(number),
        ]
        return message.text
    }

    func payload(_ bytes: [UInt8]) -> String {
        (SimulatedAudioFormat.pcm8kHz.decode(bytes) ?? []).map(String.init).joined(separator: ",")
    }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String {
        let samples = payload.split(separator: ",").map { PlainJSON.number(String($0)) }
        let message: PlainJSON = [
            "event": "media",
            "type": "media",
            "ucid": .string(callID),
            "data": [
                "samples": .array(samples),
                "bitsPerSample": 16,
                "sampleRate": 8_000,
                "channelCount": 1,
                "numberOfFrames": .integer(samples.count),
                "type": "data",
            ],
        ]
        return message.text
    }

    mutating func digit(_ digit: Character) -> String? { nil }

    mutating func mark(_ name: String, isCleared: Bool) -> String? { nil }

    mutating func stop(callID: String, reason: String) -> String? {
        let message: PlainJSON = ["event": "stop", "type": "text", "ucid": .string(callID), "did": .string(number)]
        return message.text
    }

    /// Audio is named by its event, all else by its command.
    mutating func read(_ text: [UInt8]) -> (
        name: String, members: [PlainJSON.Member], Result<ServerMessage, WireFault>
    ) {
        do throws(WireFault) {
            if let media = try? WireMessage(text, namedBy: "event") {
                return (media.name, media.members, Result { () throws(WireFault) in .audio(try audio(of: media)) })
            }
            let message = try WireMessage(text, namedBy: "command")
            return (message.name, message.members, Result { () throws(WireFault) in try Self.meaning(of: message) })
        } catch {
            return ("?", [], .failure(error))
        }
    }

    private static func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        try message.has(["command"])
        switch message.name {
        case "clearBuffer": return .clear
        case "callDisconnect": return .hangUp
        default: throw message.unknown
        }
    }

    private func audio(of message: WireMessage) throws(WireFault) -> [UInt8] {
        guard message.name == "media" else { throw message.unknown }
        try message.has(["event", "type", "ucid", "data"])
        try message.check("type", is: "media")
        try message.check("ucid", is: callID)
        let data = try message.object("data")
        try data.has(["samples", "bitsPerSample", "sampleRate", "channelCount", "numberOfFrames", "type"])
        try data.check("type", is: "data")
        let elements = data["samples"]?.elements ?? []
        let samples = elements.compactMap { value in
            if case .number(let digits) = value { Int16(digits) } else { nil }
        }
        guard samples.count == elements.count, data["numberOfFrames"] == .integer(samples.count),
            data["bitsPerSample"] == 16, data["sampleRate"] == 8_000, data["channelCount"] == 1
        else { throw WireFault(.value, "media: the data is not so many samples of 16 bits at 8000 Hz, mono") }
        return SimulatedAudioFormat.pcm8kHz.encode(samples)
    }
}
