// SPDX-License-Identifier: Apache-2.0

package import CallModel
import NIOCore

extension TwilioDialect {
    /// Reads one whole text message.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        guard let name = reader.string("event", in: text) else { return try reader.unknown(nil, on: .twilio, in: text) }
        func named(_ word: String) -> Bool { reader.document.equals(word, at: name, in: text) }
        if named("media") { return try reader.decodeMedia(in: text) }
        if named("dtmf") { return reader.decodeDigit(in: text) }
        if named("mark") { return reader.decodeMark(in: text) }
        if named("start") { return try decodeStart(in: text) }
        if named("stop") { return reader.decodeStop(in: text) }
        if named("connected") { return .connected }
        return try reader.unknown(name, on: .twilio, in: text)
    }

    private mutating func decodeStart(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.checkPlatform(.twilio, in: text)
        let fields = reader.fields("start", in: text)
        let document = reader.document
        let identity = CallIdentity(
            stream: fields.text("stream_sid", of: document, in: text),
            call: fields.text("call_sid", of: document, in: text),
            random: random
        )
        let format = try reader.decodeFormat(fields, encoding: .muLaw, in: text)
        var opening = ByteBuffer()
        try opening.writeEvent("media", ofStream: identity.stream, named: "streamSid")
        opening.writeStaticString(#","media":{"payload":""#)
        let envelope = AudioEnvelope(before: opening, after: #""}}"#)
        stream = (identity.stream, identity.call.rawValue, envelope)
        var parameters = CallParameters()
        if let place = fields.first(["custom_parameters"], of: document, in: text, where: { $0 == .object }) {
            parameters.add("", at: place, of: document, in: text)
        }
        // Twilio puts no number on the socket: routes pass them on under these names.
        func number(_ name: String, _ parameter: String) -> String? {
            let sent = fields.text(name, of: document, in: text) ?? parameters.values[name]
            return (sent ?? parameters.values[parameter])?.prefixed(toBytes: 256)
        }
        let from = number("from", "From")
        let to = number("to", "To")
        let direction = fields.text("direction", of: document, in: text) ?? parameters.values["direction"]
        parameters.add("account_sid", fields.text("account_sid", of: document, in: text))
        return .start(
            CallStart(
                callID: identity.call,
                streamID: identity.stream,
                hasMadeUpID: identity.isMadeUp,
                platform: DialectName.twilio.rawValue,
                from: from,
                to: to,
                direction: direction.flatMap { CallStart.Direction(rawValue: $0.lowercased()) },
                format: format,
                parameters: parameters.values
            )
        )
    }
}
