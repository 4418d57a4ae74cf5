// SPDX-License-Identifier: Apache-2.0

import CallModel

extension IVRSolutionsDialect {
    /// Reads caller audio from the route's own place, or else from the usual ones.
    mutating func decodeMedia(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        let root = document.root
        let media = nested("media", in: text)
        if let track = media.flatMap({ document.field("track", of: $0, in: text) })
            ?? document.field("track", of: root, in: text), document.equals("outbound", at: track, in: text)
        {
            return .ignored(.outboundTrack)
        }
        let place =
            ownAudio(in: text) ?? media.flatMap { payload(of: $0, in: text) } ?? payload(of: root, in: text)
        guard let place else { return .ignored(.incomplete("media")) }
        let header = MediaHeader(
            sequenceNumber: number("sequence_number", media, in: text).map(Int.init(truncatingIfNeeded:)),
            timestamp: number("timestamp", media, in: text)
        )
        return try decodeMedia(at: place, header: header, in: text)
    }

    /// Decodes the base64 at `place` into ``media``.
    mutating func decodeMedia(
        at place: JSONPlace,
        header: MediaHeader,
        in text: Span<UInt8>
    ) throws(DialectError) -> CallEvent {
        do {
            if document.hasEscapes(at: place) {
                resolved.removeAll(keepingCapacity: resolved.count <= 65_536)
                document.unescape(document.bytes(at: place), in: text, into: &resolved)
                try Base64.decode(resolved, into: &media)
            } else {
                try Base64.decode(text.extracting(document.bytes(at: place)), into: &media)
            }
        } catch {
            throw .badBase64(error)
        }
        return .media(header)
    }

    /// The string at ``IVRSolutionsSettings/inputAudioPath``, if the route has one and the message follows it.
    func ownAudio(in text: Span<UInt8>) -> JSONPlace? {
        guard !settings.inputAudioPath.isEmpty else { return nil }
        var place = document.root
        for name in settings.inputAudioPath {
            guard let next = document.member(name, of: place, in: text) else { return nil }
            place = next
        }
        return document.kind(at: place) == .string ? place : nil
    }

    private func payload(of place: JSONPlace, in text: Span<UInt8>) -> JSONPlace? {
        string("payload", of: place, in: text) ?? string("audio", of: place, in: text)
            ?? string("delta", of: place, in: text) ?? string("data", of: place, in: text)
    }

    private func string(_ name: String, of place: JSONPlace, in text: Span<UInt8>) -> JSONPlace? {
        guard let found = document.field(name, of: place, in: text) else { return nil }
        return document.kind(at: found) == .string ? found : nil
    }

    private func number(_ name: String, _ nested: JSONPlace?, in text: Span<UInt8>) -> Int64? {
        if let nested, let place = document.field(name, of: nested, in: text),
            let number = document.wholeNumber(at: place, in: text)
        {
            return number.value
        }
        guard let place = document.field(name, of: document.root, in: text) else { return nil }
        return document.wholeNumber(at: place, in: text)?.value
    }
}
