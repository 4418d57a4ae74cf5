// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension OzonetelDialect {
    /// Reads one whole text message.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        guard let name = reader.string("event", in: text) else {
            return try reader.unknown(nil, on: .ozonetel, in: text)
        }
        if reader.document.equals("media", at: name, in: text) { return decodeMedia(in: text) }
        if reader.document.equals("start", at: name, in: text) { return try decodeStart(in: text) }
        if reader.document.equals("stop", at: name, in: text) {
            let reason = reader.document.memberText("reason", of: reader.document.root, in: text)
            return .stop(reason: reason?.prefixed(toBytes: 256))
        }
        return try reader.unknown(name, on: .ozonetel, in: text)
    }

    /// Reads the call's beginning: one id for call and stream, the called number, and whatever stands beside them.
    private mutating func decodeStart(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.checkPlatform(.ozonetel, in: text)
        let root = reader.document.root
        let sent = LocalIdentifier.kept(reader.document.memberText("ucid", of: root, in: text))
        let id = sent ?? LocalIdentifier.make(random)
        callID = id
        let fields = MessageFields(nested: nil, root: root)
        var parameters = CallParameters()
        var child = reader.document.firstChild(of: root)
        while let current = child {
            if let name = reader.document.name(at: current, in: text), !["event", "type", "ucid", "did"].contains(name)
            {
                parameters.add(name, at: current, of: reader.document, in: text)
            }
            child = reader.document.sibling(after: current, of: root)
        }
        return .start(
            CallStart(
                callID: CallID(id),
                streamID: id,
                hasMadeUpID: sent == nil,
                platform: DialectName.ozonetel.rawValue,
                from: fields.text("from", "caller_id", "cid", of: reader.document, in: text)?.prefixed(toBytes: 256),
                to: fields.text("did", of: reader.document, in: text)?.prefixed(toBytes: 256),
                format: .linear8kHz,
                parameters: parameters.values
            )
        )
    }

    /// Reads samples; a packet that says another format than 16 bits, 8000 Hz, mono means nothing, as the platform's
    /// first one does, which claims 16,000 Hz.
    private mutating func decodeMedia(in text: Span<UInt8>) -> CallEvent {
        guard let data = reader.document.member("data", of: reader.document.root, being: .object, in: text),
            let samples = reader.document.member("samples", of: data, being: .array, in: text)
        else { return .ignored(.incomplete("media")) }
        guard says(8_000, "sampleRate", of: data, in: text), says(16, "bitsPerSample", of: data, in: text),
            says(1, "channelCount", of: data, in: text)
        else { return .ignored(.incomplete("media")) }
        guard reader.takeSamples(at: samples, in: text) else {
            return .ignored(.incomplete("media"))
        }
        return .media(MediaHeader())
    }

    /// Whether a number is this one or missing.
    private func says(_ value: Int64, _ name: String, of place: JSONPlace, in text: Span<UInt8>) -> Bool {
        guard let found = reader.document.member(name, of: place, in: text) else { return true }
        return reader.document.wholeNumber(at: found, in: text)?.value == value
    }
}
