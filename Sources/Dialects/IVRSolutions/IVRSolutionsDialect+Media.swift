// SPDX-License-Identifier: Apache-2.0

import CallModel

extension IVRSolutionsDialect {
    /// Reads caller audio from the route's own place, or else from the usual ones.
    mutating func decodeMedia(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        let media = reader.object("media", in: text)
        guard !reader.isOurOwn(media, in: text) else { return .ignored(.outboundTrack) }
        let place =
            ownAudio(in: text) ?? media.flatMap { payload(of: $0, in: text) }
            ?? payload(of: reader.document.root, in: text)
        guard let place else { return .ignored(.incomplete("media")) }
        return try decodeMedia(at: place, header: reader.mediaHeader(media, in: text), in: text)
    }

    /// Takes the base64 at `place` as caller audio.
    mutating func decodeMedia(
        at place: JSONPlace,
        header: MediaHeader,
        in text: Span<UInt8>
    ) throws(DialectError) -> CallEvent {
        try reader.decodeAudio(at: place, in: text)
        return .media(header)
    }

    /// The string at ``IVRSolutionsSettings/inputAudioPath``, if the route has one and the message follows it.
    func ownAudio(in text: Span<UInt8>) -> JSONPlace? {
        guard !settings.inputAudioPath.isEmpty else { return nil }
        var place = reader.document.root
        for name in settings.inputAudioPath {
            guard let next = reader.document.member(name, of: place, in: text) else { return nil }
            place = next
        }
        return reader.document.kind(at: place) == .string ? place : nil
    }

    private func payload(of place: JSONPlace, in text: Span<UInt8>) -> JSONPlace? {
        string("payload", of: place, in: text) ?? string("audio", of: place, in: text)
            ?? string("delta", of: place, in: text) ?? string("data", of: place, in: text)
    }

    private func string(_ name: String, of place: JSONPlace, in text: Span<UInt8>) -> JSONPlace? {
        guard let found = reader.document.field(name, of: place, in: text) else { return nil }
        return reader.document.kind(at: found) == .string ? found : nil
    }
}
