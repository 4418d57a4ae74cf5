// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore

extension PlivoDialect {
    /// Reads the call's beginning.
    mutating func decodeStart(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.checkPlatform(.plivo, in: text)
        let fields = reader.fields("start", in: text)
        let document = reader.document
        let identity = CallIdentity(
            stream: fields.text("stream_id", of: document, in: text),
            call: fields.text("call_id", of: document, in: text),
            random: random
        )
        let format = try reader.decodeFormat(fields, encoding: .muLaw, in: text)
        stream = (identity.stream, envelope(for: format, fields, in: text))
        var parameters = CallParameters()
        if let place = fields.first(["extra_headers"], of: document, in: text, where: { $0 != .null }) {
            if document.kind(at: place) == .object {
                parameters.add("", at: place, of: document, in: text)
            } else if let pairs = document.text(at: place, in: text) {
                Self.add(pairs, to: &parameters)
            }
        }
        parameters.add("account_id", fields.text("account_id", of: document, in: text))
        return .start(
            CallStart(
                callID: identity.call,
                streamID: identity.stream,
                hasMadeUpID: identity.isMadeUp,
                platform: DialectName.plivo.rawValue,
                from: parameters.values["from"]?.prefixed(toBytes: 256),
                to: parameters.values["to"]?.prefixed(toBytes: 256),
                format: format,
                parameters: parameters.values
            )
        )
    }

    /// The message of our audio, which names its format each time: the type as `start` named it.
    private func envelope(
        for format: AudioFormat,
        _ fields: borrowing MessageFields,
        in text: Span<UInt8>
    ) -> AudioEnvelope {
        let document = reader.document
        let object = fields.first(["media_format"], of: document, in: text) { $0 == .object }
        let place = object.flatMap { document.field("encoding", of: $0, in: text) }
        let named = place.flatMap { document.text(at: $0, in: text) }?.prefix { $0 != ";" }
        let usual = format.encoding == .linear16 ? "audio/x-l16" : "audio/x-mulaw"
        var opening = ByteBuffer()
        opening.writeStaticString(#"{"event":"playAudio","media":{"contentType":"#)
        opening.writeJSONString(named.map(String.init)?.prefixed(toBytes: 64) ?? usual)
        opening.writeStaticString(#","sampleRate":"#)
        opening.writeString(String(format.sampleRate))
        opening.writeStaticString(#","payload":""#)
        return AudioEnvelope(before: opening, after: #""}}"#)
    }

    /// Adds `a=1;b=2`; the XML attribute they come from separates them by commas.
    private static func add(_ pairs: String, to parameters: inout CallParameters) {
        for pair in pairs.split(whereSeparator: { $0 == ";" || $0 == "," }) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else { continue }
            parameters.add(String(parts[0].drop { $0 == " " }), String(parts[1]))
        }
    }
}
