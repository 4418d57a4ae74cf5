// SPDX-License-Identifier: Apache-2.0

import CallModel

extension IVRSolutionsDialect {
    /// Reads the call's beginning, whatever template it was written by.
    mutating func decodeStart(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.checkPlatform(.ivrSolutions, in: text)
        let nested = reader.object("start", in: text) ?? reader.object("session", in: text)
        let fields = MessageFields(nested: nested, root: reader.document.root)
        let identity = CallIdentity(
            stream: fields.text("stream_sid", "stream_id", "session_id", of: reader.document, in: text),
            call: fields.text("call_sid", "call_id", of: reader.document, in: text),
            random: random
        )
        let format = try reader.decodeFormat(fields, in: text)
        let from = fields.text("from", "caller", of: reader.document, in: text)?.prefixed(toBytes: 256)
        let to = fields.text("to", "did", of: reader.document, in: text)?.prefixed(toBytes: 256)
        streamID = identity.stream
        return .start(
            CallStart(
                callID: identity.call,
                streamID: identity.stream,
                hasMadeUpID: identity.isMadeUp,
                platform: DialectName.ivrSolutions.rawValue,
                from: from,
                to: to,
                direction: direction(fields, in: text),
                format: format,
                parameters: parameters(fields, from: from, to: to, in: text)
            )
        )
    }

    private func direction(_ fields: borrowing MessageFields, in text: Span<UInt8>) -> CallStart.Direction? {
        let word = fields.text("direction", of: reader.document, in: text)?.lowercased()
        return word.flatMap(CallStart.Direction.init)
    }

    /// Everything else as text.
    ///
    /// Of one name the first of these counts: normalised numbers, the three fields of the dial-out interface, custom
    /// parameters, metadata, then what a template put beside the known fields.
    private func parameters(
        _ fields: borrowing MessageFields,
        from: String?,
        to: String?,
        in text: Span<UInt8>
    ) -> [String: String] {
        var parameters = CallParameters()
        if let plan = settings.defaultCountry {
            parameters.add("from_normalized", from.flatMap(plan.normalized))
            parameters.add("to_normalized", to.flatMap(plan.normalized))
        }
        for name in ["system_msg", "text", "sttlanguage_code"] {
            parameters.add(name, fields.text(name, of: reader.document, in: text))
        }
        for name in ["custom_parameters", "custom_params", "metadata"] {
            guard let place = fields.first([name], of: reader.document, in: text, where: { $0 != .null }) else {
                continue
            }
            let isObject = reader.document.kind(at: place) == .object
            parameters.add(isObject ? "" : name, at: place, of: reader.document, in: text)
        }
        for scope in fields.scopes {
            var child = reader.document.firstChild(of: scope)
            while let current = child {
                if reader.document.kind(at: current).closer == 0,
                    let name = reader.document.name(at: current, in: text),
                    !Self.knownStartFields.contains(name)
                {
                    parameters.add(name, at: current, of: reader.document, in: text)
                }
                child = reader.document.sibling(after: current, of: scope)
            }
        }
        return parameters.values
    }

    /// Names of fields that are read on their own, or say nothing about the call.
    private static let knownStartFields: Set<String> = [
        "event", "type", "Event", "start", "session", "sequence_number", "sequenceNumber", "stream_sid", "streamSid",
        "stream_id",
        "streamId", "session_id", "sessionId", "call_sid", "callSid", "call_id", "callId", "from", "caller", "to",
        "did", "direction", "media_format", "mediaFormat", "audio_format", "audioFormat", "encoding", "sample_rate",
        "sampleRate", "channels", "system_msg", "systemMsg", "text", "sttlanguage_code", "sttlanguageCode",
        "custom_parameters", "customParameters", "custom_params", "customParams", "metadata",
    ]
}
