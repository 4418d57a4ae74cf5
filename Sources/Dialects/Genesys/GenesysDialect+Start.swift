// SPDX-License-Identifier: Apache-2.0

import CallModel

extension GenesysDialect {
    /// The id that conversation and participant have in a test of the connection.
    private static let nobody = "00000000-0000-0000-0000-000000000000"

    /// Reads `open`: takes the offered stream that suits best, and answers `opened`.
    ///
    /// A test of the connection is answered as well and begins no call.
    mutating func decodeOpen(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        guard stream == nil else { throw breach("open came twice") }
        let root = reader.document.root
        guard let parameters = reader.document.member("parameters", of: root, being: .object, in: text) else {
            throw breach("open has no parameters")
        }
        guard let media = bestOffer(of: parameters, in: text) else {
            reply(.disconnect(info: "no offered audio can be taken"))
            let place = reader.document.member("media", of: parameters, in: text)
            let offers = place.flatMap { reader.document.source(at: $0, in: text) } ?? ""
            throw .unsupportedFormat(field: "media", value: offers)
        }
        stream = media
        reply(.opened(media))
        let participant = reader.document.member("participant", of: parameters, being: .object, in: text)
        func about(_ name: String) -> String? {
            participant.flatMap { reader.document.memberText(name, of: $0, in: text) }
        }
        let conversation = LocalIdentifier.kept(reader.document.memberText("conversationId", of: parameters, in: text))
        guard conversation != Self.nobody || about("id") != Self.nobody else {
            return .ignored(.acknowledgement)
        }
        return .start(
            CallStart(
                callID: CallID(conversation ?? envelope.id),
                streamID: envelope.id,
                hasMadeUpID: false,
                platform: DialectName.genesys.rawValue,
                from: about("ani")?.prefixed(toBytes: 256),
                to: about("dnis")?.prefixed(toBytes: 256),
                format: media.format,
                parameters: callParameters(of: parameters, in: text)
            )
        )
    }

    private func bestOffer(of parameters: JSONPlace, in text: Span<UInt8>) -> GenesysMedia? {
        guard let list = reader.document.member("media", of: parameters, being: .array, in: text) else { return nil }
        let wanted: AudioEncoding = settings.encoding == .muLaw ? .muLaw : .linear16
        var best: GenesysMedia?
        var child = reader.document.firstChild(of: list)
        while let current = child {
            if let offer = GenesysMedia(at: current, of: reader.document, in: text),
                best.map({ $0.rank(wanting: wanted) < offer.rank(wanting: wanted) }) ?? true
            {
                best = offer
            }
            child = reader.document.sibling(after: current, of: list)
        }
        return best
    }

    /// The flow's variables and the integration's configuration by name, and then what else the platform tells.
    private func callParameters(of place: JSONPlace, in text: Span<UInt8>) -> [String: String] {
        var parameters = CallParameters()
        parameters.add("sttlanguage_code", reader.document.memberText("language", of: place, in: text))
        for name in ["inputVariables", "customConfig"] {
            guard let object = reader.document.member(name, of: place, being: .object, in: text) else { continue }
            parameters.add("", at: object, of: reader.document, in: text)
        }
        for name in ["organizationId", "conversationId", "participant"] {
            guard let value = reader.document.member(name, of: place, in: text) else { continue }
            parameters.add(name, at: value, of: reader.document, in: text)
        }
        return parameters.values
    }
}
