// SPDX-License-Identifier: Apache-2.0

/// The wire of Asterisk's `chan_websocket` as it is without `f(json)`: a control message is a name with `field:value` pairs
/// behind it.
///
/// There are no channel variables then: what the dialplan gives along goes into the address.
struct AsteriskWordsWire: PlatformWire {
    let rules: WireRules
    private let streamID: String
    private let format: SimulatedAudioFormat

    init(_ call: SimulatedCallConfiguration) {
        rules = AsteriskWire(call).rules
        streamID = call.streamID
        format = call.format
    }

    mutating func connected() -> String? { nil }

    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String {
        "MEDIA_START connection_id:\(streamID) channel:WebSocket/\(streamID)/0 channel_id:\(streamID) "
            + "format:\(AsteriskWire.name(of: format.encoding, sampleRate: sampleRate)) "
            + "optimal_frame_size:\(rules.multiple) ptime:20"
    }

    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String { payload }

    mutating func digit(_ digit: Character) -> String? { "DTMF_END digit:\(digit)" }

    mutating func mark(_ name: String, isCleared: Bool) -> String? { "MEDIA_MARK_PROCESSED correlation_id:\(name)" }

    mutating func hold(_ isHeld: Bool) -> String? { isHeld ? "MEDIA_XOFF" : "MEDIA_XON" }

    mutating func stop(callID: String, reason: String) -> String? { nil }

    mutating func read(_ text: [UInt8]) -> (
        name: String, members: [PlainJSON.Member], Result<ServerMessage, WireFault>
    ) {
        let words = String(decoding: text, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        let name = words.first.map(String.init) ?? ""
        let values = words.dropFirst().map(String.init)
        let members = values.map { PlainJSON.Member("value", .string($0)) }
        return (name, members, Result { () throws(WireFault) in try Self.meaning(of: name, values) })
    }

    private static func meaning(of name: String, _ values: [String]) throws(WireFault) -> ServerMessage {
        if name == "MARK_MEDIA" {
            guard let mark = values.first, values.count == 1, !mark.isEmpty, !mark.contains(":") else {
                throw WireFault(.value, "MARK_MEDIA takes one word without a colon")
            }
            return .mark(mark)
        }
        let meanings: [String: ServerMessage] = ["FLUSH_MEDIA": .clear, "HANGUP": .hangUp, "ANSWER": .nothing]
        guard let meaning = meanings[name] else { throw WireFault(.unknownMessage, "'\(name.prefix(64))'") }
        guard values.isEmpty else { throw WireFault(.keys, "\(name) takes no value") }
        return meaning
    }
}
