// SPDX-License-Identifier: Apache-2.0

package import CallModel
import NIOCore

extension ExotelDialect {
    /// Reads one whole text message.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        guard let name = reader.string("event", in: text) else { return try reader.unknown(nil, on: .exotel, in: text) }
        func named(_ word: String) -> Bool { reader.document.equals(word, at: name, in: text) }
        if named("media") { return try reader.decodeMedia(in: text) }
        if named("dtmf") { return reader.decodeDigit(in: text) }
        if named("mark") { return reader.decodeMark(in: text) }
        if named("start") { return try decodeStart(in: text) }
        if named("stop") { return reader.decodeStop(in: text) }
        if named("connected") { return .connected }
        if named("clear") { return .cleared }
        return try reader.unknown(name, on: .exotel, in: text)
    }

    private mutating func decodeStart(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.checkPlatform(.exotel, in: text)
        let fields = reader.fields("start", in: text)
        let document = reader.document
        let identity = CallIdentity(
            stream: fields.text("stream_sid", of: document, in: text),
            call: fields.text("call_sid", of: document, in: text),
            random: random
        )
        let format = try reader.decodeFormat(fields, rate: handshake.parameter("sample-rate"), in: text)
        var opening = ByteBuffer()
        try opening.writeEvent("media", ofStream: identity.stream, named: "stream_sid")
        stream = (identity.stream, format.bytesPerSecond, opening)
        var parameters = CallParameters()
        if let place = fields.first(["custom_parameters"], of: document, in: text, where: { $0 == .object }) {
            parameters.add("", at: place, of: document, in: text)
        }
        parameters.add("account_sid", fields.text("account_sid", of: document, in: text))
        return .start(
            CallStart(
                callID: identity.call,
                streamID: identity.stream,
                hasMadeUpID: identity.isMadeUp,
                platform: DialectName.exotel.rawValue,
                from: fields.text("from", of: document, in: text)?.prefixed(toBytes: 256),
                to: fields.text("to", of: document, in: text)?.prefixed(toBytes: 256),
                format: format,
                parameters: parameters.values
            )
        )
    }
}
