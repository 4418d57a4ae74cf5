// SPDX-License-Identifier: Apache-2.0

/// The wire of Genesys Cloud AudioHook, version 2, as Audio Connector speaks it: numbered messages, bare audio.
///
/// Audio flows once the server has answered `open` with `opened`. A `disconnect` is answered by `close`, and that by
/// `closed`, upon which the platform closes the socket. Many small messages of audio draw the error 429; the platform does not
/// publish how many, and 20 in a second are four times what its advice of 200 ms in each comes to.
struct GenesysWire: NamedMessageWire {
    static let nameKey = "type"
    /// The customer's id.
    static let organization = "a1000000-0000-4000-8000-000000000000"

    let rules: WireRules
    let sessionID: String
    let encoding: PlainJSON
    /// The number of our last message.
    private(set) var sequence = 0
    /// The number of the server's last message.
    var serverSequence = 0
    /// Pings that were not answered yet.
    var pings = 0
    /// Whether the server has opened the session.
    var sendsAudio = false
    private var milliseconds = 0

    init(_ call: SimulatedCallConfiguration) {
        sessionID = call.streamID
        encoding = call.format.encoding == .pcm ? "L16" : "PCMU"
        var rules = WireRules(multiple: call.format.bytesPerSample, maximum: 64_000)
        rules.sendsBinaryAudio = true
        rules.takesBinaryAudio = true
        rules.hangUpName = "disconnect"
        rules.farewellName = "closed"
        rules.answerNames = ["pong", "updated"]
        rules.maximumRate = 20
        self.rules = rules
    }

    mutating func connected() -> String? { nil }

    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        message(
            "open",
            [
                "organizationId": .string(Self.organization),
                "conversationId": .string(call.callID),
                "participant": [
                    "id": "c3000000-0000-4000-8000-000000000000",
                    "ani": .string(call.from),
                    "aniName": "",
                    "dnis": .string(call.to),
                ],
                "media": [
                    ["type": "audio", "format": encoding, "channels": ["external"], "rate": .integer(sampleRate)]
                ],
                "language": "en-US",
                "inputVariables": [:],
            ]
        )
    }

    mutating func played(to milliseconds: Int) { self.milliseconds = milliseconds }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String { payload }

    mutating func digit(_ digit: Character) -> String? { message("dtmf", ["digit": .string(String(digit))]) }

    mutating func mark(_ name: String, isCleared: Bool) -> String? { nil }

    mutating func ping() -> String? {
        guard sendsAudio else { return nil }
        pings += 1
        return message("ping", ["rtt": "PT0.02S"])
    }

    mutating func playback(_ isPlaying: Bool) -> String? {
        message(isPlaying ? "playback_started" : "playback_completed", [:])
    }

    /// The errors that the platform has a number for.
    mutating func complaint(about rule: Violation.Rule) -> String? {
        let codes: [Violation.Rule: (Int, String)] = [
            .messageRate: (429, "Too Many Requests"), .frameSize: (413, "Payload Too Large"),
            .sequence: (409, "Conflict"), .value: (400, "Bad Request"), .keys: (400, "Bad Request"),
            .unknownMessage: (405, "Method Not Allowed"), .notCompactJSON: (400, "Bad Request"),
        ]
        guard let (code, words) = codes[rule] else { return nil }
        return message("error", ["code": .integer(code), "message": .string(words)])
    }

    mutating func stop(callID: String, reason: String) -> String? { message("close", ["reason": "end"]) }

    private mutating func message(_ type: String, _ parameters: PlainJSON) -> String {
        sequence += 1
        let rest = milliseconds % 1_000
        let fraction = rest == 0 ? "" : "." + String(String(rest + 1_000).dropFirst())
        let message: PlainJSON = [
            "version": "2",
            "id": .string(sessionID),
            "type": .string(type),
            "seq": .integer(sequence),
            "serverseq": .integer(serverSequence),
            "position": .string("PT\(milliseconds / 1_000)\(fraction)S"),
            "parameters": parameters,
        ]
        return message.text
    }
}
