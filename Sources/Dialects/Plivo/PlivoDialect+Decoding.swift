// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension PlivoDialect {
    /// Reads one whole text message.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        guard let name = reader.string("event", in: text) else { return try reader.unknown(nil, on: .plivo, in: text) }
        func named(_ word: String) -> Bool { reader.document.equals(word, at: name, in: text) }
        if named("media") { return try decodeMedia(in: text) }
        if named("dtmf") { return reader.decodeDigit(in: text) }
        if named("playedstream") || named("played") { return reader.decodeMark(in: text) }
        if named("start") { return try decodeStart(in: text) }
        if named("stop") { return reader.decodeStop(in: text) }
        if named("clearedaudio") { return .ignored(.acknowledgement) }
        return try reader.unknown(name, on: .plivo, in: text)
    }

    /// Reads caller audio, whose time Plivo gives as Unix time.
    private mutating func decodeMedia(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        let event = try reader.decodeMedia(in: text)
        guard case .media(var header) = event, let time = header.timestamp else { return event }
        firstTimestamp = firstTimestamp ?? time
        header.timestamp = firstTimestamp.map { time - $0 }
        return .media(header)
    }
}
