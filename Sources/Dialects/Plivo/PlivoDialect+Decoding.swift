// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension PlivoDialect {
    /// Reads one whole text message.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        guard let name = reader.string("event", in: text) else { return try reader.unknown(nil, on: .plivo, in: text) }
        func named(_ word: String) -> Bool { reader.document.equals(word, at: name, in: text) }
        if named("media") {
            let event = try reader.decodeMedia(in: text)
            guard case .media(let header) = event else { return event }
            return .media(settle(header))
        }
        if named("dtmf") { return reader.decodeDigit(in: text) }
        if named("playedstream") || named("played") { return reader.decodeMark(in: text) }
        if named("start") { return try decodeStart(in: text) }
        if named("stop") { return reader.decodeStop(in: text) }
        if named("clearedaudio") { return .ignored(.acknowledgement) }
        return try reader.unknown(name, on: .plivo, in: text)
    }

    /// Counts the time of caller audio, which Plivo gives as Unix time, from the first of it.
    mutating func settle(_ header: MediaHeader) -> MediaHeader {
        guard let time = header.timestamp else { return header }
        let first = firstTimestamp ?? time
        firstTimestamp = first
        var header = header
        header.timestamp = time - first
        return header
    }
}
