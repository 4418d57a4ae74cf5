// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension VonageDialect {
    /// Reads one whole text message.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        guard let event = reader.string("event", in: text) else {
            return try reader.unknown(nil, on: .vonage, in: text)
        }
        if reader.document.equals("websocket:connected", at: event, in: text) { return try decodeStart(in: text) }
        if reader.document.equals("websocket:dtmf", at: event, in: text) { return decodeDigit(in: text) }
        if reader.document.equals("websocket:notify", at: event, in: text) { return decodeMark(in: text) }
        if reader.document.equals("websocket:cleared", at: event, in: text) { return .ignored(.acknowledgement) }
        return try reader.unknown(event, on: .vonage, in: text)
    }

    /// Takes one binary message: 20 ms of caller audio.
    package mutating func decode(binary: Span<UInt8>) -> CallEvent {
        reader.takeAudio(binary)
        return .media(MediaHeader())
    }

    /// Reads a key: `digit`, or `digit` or the key itself in `dtmf`; `duration` in milliseconds.
    private func decodeDigit(in text: Span<UInt8>) -> CallEvent {
        let nested = reader.document.member("dtmf", of: reader.document.root, in: text)
        let place =
            reader.document.member("digit", of: reader.document.root, in: text)
            ?? nested.map { reader.document.member("digit", of: $0, in: text) ?? $0 }
        guard let digit = place.flatMap({ reader.document.digit(at: $0, in: text) }) else {
            return .ignored(.incomplete("websocket:dtmf"))
        }
        let duration =
            reader.document.member("duration", of: reader.document.root, in: text)
            ?? nested.flatMap { reader.document.member("duration", of: $0, in: text) }
        let milliseconds = duration.flatMap { reader.document.wholeNumber(at: $0, in: text)?.value }
        return .digit(digit, duration: milliseconds.flatMap { $0 >= 0 ? .milliseconds($0) : nil })
    }

    /// Reads the name that our `notify` put into the payload, which comes back as it was.
    private func decodeMark(in text: Span<UInt8>) -> CallEvent {
        guard let payload = reader.document.member("payload", of: reader.document.root, in: text),
            let name = reader.document.memberText("name", of: payload, in: text)
        else { return .ignored(.incomplete("websocket:notify")) }
        return .mark(name.prefixed(toBytes: 256))
    }
}
