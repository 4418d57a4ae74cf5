// SPDX-License-Identifier: Apache-2.0

import CallModel

// Caller audio as nearly all platforms send it in JSON: `media.payload`, with a number and a time beside it.
extension MessageReader {
    /// Reads a media message: its audio goes into ``media``.
    mutating func decodeMedia(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        let media = object("media", in: text)
        guard !isOurOwn(media, in: text) else { return .ignored(.outboundTrack) }
        guard let media, let payload = document.member("payload", of: media, in: text),
            document.kind(at: payload) == .string
        else { return .ignored(.incomplete("media")) }
        let header = mediaHeader(media, in: text)
        try decodeAudio(at: payload, in: text)
        return .media(header)
    }

    /// Whether a media message carries what the caller hears, not what the caller says.
    func isOurOwn(_ media: JSONPlace?, in text: Span<UInt8>) -> Bool {
        guard
            let track = media.flatMap({ document.field("track", of: $0, in: text) })
                ?? document.field("track", of: document.root, in: text)
        else { return false }
        return document.equals("outbound", at: track, in: text)
            || document.equals("outbound_track", at: track, in: text)
    }

    /// The number and the time of a media message.
    func mediaHeader(_ media: JSONPlace?, in text: Span<UInt8>) -> MediaHeader {
        MediaHeader(
            sequenceNumber: number("sequence_number", media, in: text).map(Int.init(truncatingIfNeeded:)),
            timestamp: number("timestamp", media, in: text)
        )
    }

    /// The number of this name in an object, or else beside it; camelCase is found too.
    func number(_ name: String, _ nested: JSONPlace?, in text: Span<UInt8>) -> Int64? {
        if let nested, let place = document.field(name, of: nested, in: text),
            let number = document.wholeNumber(at: place, in: text)
        {
            return number.value
        }
        guard let place = document.field(name, of: document.root, in: text) else { return nil }
        return document.wholeNumber(at: place, in: text)?.value
    }
}
