// SPDX-License-Identifier: Apache-2.0

import CallModel

extension VonageDialect {
    /// Rates that the platform sends, in hertz.
    private static let sampleRates = [8_000, 16_000, 24_000]

    /// Reads the first message, in which the members of the endpoint's `headers` stand beside the platform's own two.
    ///
    /// The platform sends no id and no number; `call_id`, `call_uuid`, `conversation_uuid` or `uuid`, and `from`, `to`
    /// and `direction` in `headers` are taken for them. Every member but the platform's own is a parameter as well.
    mutating func decodeStart(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        let format = try decodeFormat(in: text)
        let fields = MessageFields(nested: nil, root: reader.document.root)
        let call = fields.text("call_id", "call_uuid", "conversation_uuid", "uuid", of: reader.document, in: text)
        let identity = CallIdentity(stream: nil, call: call, random: random)
        let direction = fields.text("direction", of: reader.document, in: text)?.lowercased()
        var parameters = CallParameters()
        var child = reader.document.firstChild(of: reader.document.root)
        while let current = child {
            if let name = reader.document.name(at: current, in: text), name != "event", name != "content-type" {
                parameters.add(name, at: current, of: reader.document, in: text)
            }
            child = reader.document.sibling(after: current, of: reader.document.root)
        }
        return .start(
            CallStart(
                callID: identity.call,
                streamID: identity.stream,
                hasMadeUpID: identity.isMadeUp,
                hasMadeUpCallID: identity.isCallMadeUp,
                platform: DialectName.vonage.rawValue,
                from: fields.text("from", of: reader.document, in: text)?.prefixed(toBytes: 256),
                to: fields.text("to", of: reader.document, in: text)?.prefixed(toBytes: 256),
                direction: direction.flatMap(CallStart.Direction.init),
                format: format,
                parameters: parameters.values
            )
        )
    }

    /// Reads `content-type`, such as `audio/l16;rate=16000`; the samples are little-endian in spite of its name.
    private func decodeFormat(in text: Span<UInt8>) throws(DialectError) -> AudioFormat {
        guard let value = reader.document.memberText("content-type", of: reader.document.root, in: text) else {
            return .linear16kHz
        }
        guard let name = EncodingName(value), name.encoding == .linear16,
            let rate = name.rate.map(DecimalText.wholeNumber) ?? 16_000, Self.sampleRates.contains(rate),
            let format = AudioFormat(encoding: .linear16, sampleRate: rate)
        else { throw .unsupportedFormat(field: "content-type", value: value) }
        return format
    }
}
