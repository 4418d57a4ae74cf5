// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension TelnyxDialect {
    /// Reads one whole text message.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        guard let name = reader.string("event", in: text) else { return try reader.unknown(nil, on: .telnyx, in: text) }
        func named(_ word: String) -> Bool { reader.document.equals(word, at: name, in: text) }
        if named("media") {
            let event = try reader.decodeMedia(in: text)
            guard case .media(let header) = event else { return event }
            return .media(settle(header))
        }
        if named("dtmf") { return reader.decodeDigit(in: text) }
        if named("mark") { return reader.decodeMark(in: text) }
        if named("start") { return try decodeStart(in: text) }
        if named("stop") { return reader.decodeStop(in: text) }
        if named("connected") { return .connected }
        if named("error") { return decodeError(in: text) }
        return try reader.unknown(name, on: .telnyx, in: text)
    }

    /// Turns linear samples round where they come with the high byte first.
    mutating func settle(_ header: MediaHeader) -> MediaHeader {
        if swapsInbound { reader.media.swapPairs() }
        return header
    }

    private mutating func decodeStart(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.checkPlatform(.telnyx, in: text)
        let fields = reader.fields("start", in: text)
        let document = reader.document
        let identity = CallIdentity(
            stream: fields.text("stream_id", of: document, in: text),
            call: fields.text("call_control_id", of: document, in: text),
            random: random
        )
        let format = try reader.decodeFormat(fields, encoding: .muLaw, in: text)
        swapsInbound = format.encoding == .linear16 && settings.byteOrder == .big
        return .start(
            CallStart(
                callID: identity.call,
                streamID: identity.stream,
                hasMadeUpID: identity.isMadeUp,
                platform: DialectName.telnyx.rawValue,
                from: fields.text("from", of: document, in: text)?.prefixed(toBytes: 256),
                to: fields.text("to", of: document, in: text)?.prefixed(toBytes: 256),
                format: format,
                outboundFormat: settings.outboundFormat,
                parameters: parameters(fields, in: text)
            )
        )
    }

    /// Custom parameters, which come as an object or as a list of names and values, before what the platform adds.
    private func parameters(_ fields: borrowing MessageFields, in text: Span<UInt8>) -> [String: String] {
        let document = reader.document
        var parameters = CallParameters()
        if let place = fields.first(["custom_parameters"], of: document, in: text, where: { $0 == .object }) {
            parameters.add("", at: place, of: document, in: text)
        } else if let list = fields.first(["custom_parameters"], of: document, in: text, where: { $0 == .array }) {
            var child = document.firstChild(of: list)
            while let pair = child {
                let name = document.member("name", of: pair, in: text).flatMap { document.text(at: $0, in: text) }
                if let name, let value = document.member("value", of: pair, in: text) {
                    parameters.add(name, at: value, of: document, in: text)
                }
                child = document.sibling(after: pair, of: list)
            }
        }
        for name in ["client_state", "user_id", "call_session_id"] {
            parameters.add(name, fields.text(name, of: document, in: text))
        }
        if let tags = fields.first(["tags"], of: document, in: text, where: { $0 == .array }) {
            parameters.add("tags", at: tags, of: document, in: text)
        }
        return parameters.values
    }

    /// Reads the platform's complaint about something we sent.
    private func decodeError(in text: Span<UInt8>) -> CallEvent {
        let fields = reader.fields("payload", in: text)
        let words = ["code", "title", "detail"].compactMap { fields.text($0, of: reader.document, in: text) }
        guard !words.isEmpty else { return .ignored(.incomplete("error")) }
        return .ignored(.complaint(words.joined(separator: " ").prefixed(toBytes: 256)))
    }
}
