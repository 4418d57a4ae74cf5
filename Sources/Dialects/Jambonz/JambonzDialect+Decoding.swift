// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension JambonzDialect {
    /// Reads one whole text message; the first has no name and is the call's beginning.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        let name =
            reader.string("event", in: text)
            ?? reader.string("type", in: text)
        guard let name else {
            guard isStart(in: text) else { return try reader.unknown(nil, on: .jambonz, in: text) }
            return try decodeStart(in: text)
        }
        if reader.document.equals("dtmf", at: name, in: text) { return decodeDigit(in: text) }
        if reader.document.equals("mark", at: name, in: text) { return decodeMark(in: text) }
        if reader.document.equals("playdone", at: name, in: text) { return .ignored(.acknowledgement) }
        return try reader.unknown(name, on: .jambonz, in: text)
    }

    /// Takes one binary message: caller audio; of two channels the first is kept.
    package mutating func decode(binary: Span<UInt8>) -> CallEvent {
        if isStereo {
            reader.takeFirstChannel(of: binary, bytesPerSample: 2)
        } else {
            reader.takeAudio(binary)
        }
        return .media(MediaHeader())
    }

    /// Whether a message without a name has what the first one has.
    private func isStart(in text: Span<UInt8>) -> Bool {
        reader.document.member("sampleRate", of: reader.document.root, in: text) != nil
            || reader.document.member("callSid", of: reader.document.root, in: text) != nil
    }

    /// Reads a key; `duration` counts the telephone's RTP clock, 8000 a second (RFC 4733 §2.3.5).
    private func decodeDigit(in text: Span<UInt8>) -> CallEvent {
        guard let place = reader.document.member("dtmf", of: reader.document.root, in: text),
            let digit = reader.document.digit(at: place, in: text)
        else { return .ignored(.incomplete("dtmf")) }
        let duration = reader.document.member("duration", of: reader.document.root, in: text)
        let ticks = duration.flatMap { reader.document.wholeNumber(at: $0, in: text)?.value }
        return .digit(digit, duration: ticks.flatMap { $0 >= 0 ? .milliseconds($0 / 8) : nil })
    }

    /// Reads the name of a mark that was reached, or cleared.
    private func decodeMark(in text: Span<UInt8>) -> CallEvent {
        guard let data = reader.document.member("data", of: reader.document.root, in: text),
            let name = reader.document.memberText("name", of: data, in: text)
        else { return .ignored(.incomplete("mark")) }
        return .mark(name.prefixed(toBytes: 256))
    }
}
