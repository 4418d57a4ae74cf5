// SPDX-License-Identifier: Apache-2.0

/// The wire of Twilio's two-way Media Streams, as its documents show it, and of the platforms that copy it.
///
/// Twilio's own is µ-law at 8 kHz; it takes none but the fields shown. SignalWire also has linear audio and takes keys for
/// the caller. Smartflo and Acefone tell the numbers, take audio in blocks of 160 bytes only, and a message that ends the
/// call.
struct TwilioWire: NamedMessageWire {
    static let nameKey = "event"
    private static let account: PlainJSON = "AC00000000000000000000000000000000"

    let rules: WireRules
    let streamID: String
    let variant: SimulatedVariant?
    let callID: String
    private let format: SimulatedAudioFormat
    private var sequenceNumber = 0

    init(_ call: SimulatedCallConfiguration) {
        streamID = call.streamID
        callID = call.callID
        variant = call.variant
        format = call.format
        let isSmartflo = variant?.isSmartflo ?? false
        var rules = WireRules(multiple: isSmartflo ? 160 : call.format.bytesPerSample)
        rules.isLeftByClosing = true
        rules.clearedMarks = .returned
        rules.hangUpName = isSmartflo ? "end" : nil
        self.rules = rules
    }

    mutating func connected() -> String? {
        let message: PlainJSON = [
            "event": "connected", "protocol": "Call", "version": variant == .signalwire ? "0.2.0" : "1.0.0",
        ]
        return message.text
    }

    /// The numbers go as parameters where the socket carries none.
    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        var members: [PlainJSON.Member] = [
            PlainJSON.Member("streamSid", .string(streamID)),
            PlainJSON.Member("accountSid", Self.account),
            PlainJSON.Member("callSid", .string(call.callID)),
        ]
        if variant?.isSmartflo ?? false {
            members += [
                PlainJSON.Member("from", .string(call.from)),
                PlainJSON.Member("to", .string(call.to)),
                PlainJSON.Member("direction", "inbound"),
                PlainJSON.Member("customParameters", [:]),
            ]
        } else {
            members += [
                PlainJSON.Member("tracks", ["inbound"]),
                PlainJSON.Member("customParameters", ["from": .string(call.from), "to": .string(call.to)]),
            ]
        }
        let encoding: PlainJSON = format.encoding == .pcm ? "audio/x-L16" : "audio/x-mulaw"
        let media: PlainJSON = ["encoding": encoding, "sampleRate": .integer(sampleRate), "channels": 1]
        return event("start", .object(members + [PlainJSON.Member("mediaFormat", media)]))
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
        let digit = PlainJSON.string(String(digit))
        guard variant == .signalwire else { return event("dtmf", ["track": "inbound_track", "digit": digit]) }
        return event("dtmf", ["digit": digit, "duration": 160])
    }

    mutating func mark(_ name: String, isCleared: Bool) -> String? { event("mark", ["name": .string(name)]) }

    mutating func stop(callID: String, reason: String) -> String? {
        switch variant {
        case .signalwire: return #"{"event":"stop","sequenceNumber":"\#(takeNumber())"}"#
        case .smartflo, .acefone: return event("stop", ["callSid": .string(callID), "reason": .string(reason)])
        default: return event("stop", ["accountSid": Self.account, "callSid": .string(callID)])
        }
    }

    private mutating func takeNumber() -> Int {
        sequenceNumber += 1
        return sequenceNumber
    }

    private mutating func event(_ name: String, _ body: PlainJSON) -> String {
        PlainJSON.object([
            PlainJSON.Member("event", .string(name)),
            PlainJSON.Member("sequenceNumber", .string(String(takeNumber()))),
            PlainJSON.Member("streamSid", .string(streamID)),
            PlainJSON.Member(name, body),
        ]).text
    }
}
