// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension AsteriskDialect {
    /// Reads one whole control message: a JSON object, or a name with `field:value` pairs behind it.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        var scanner = JSONScanner()
        scanner.skipWhitespace(in: text)
        let isJSON = scanner.peek(in: text) == ASCII.openBrace
        if isJSON { try reader.parse(text) }
        let message = isJSON ? AsteriskMessage(reader.document, in: text) : AsteriskMessage(words: text)
        if isJSON { try reader.checkPlatform(.asterisk, in: text) }
        guard let message else { return .ignored(.unknownName("")) }
        let event = try decode(message)
        if writesJSON == nil, case .start = event { writesJSON = isJSON }
        return event
    }

    /// Takes one binary message: caller audio in the codec of the channel, which may come before `MEDIA_START`.
    package mutating func decode(binary: Span<UInt8>) -> CallEvent {
        reader.takeAudio(binary)
        return .media(MediaHeader())
    }

    private mutating func decode(_ message: AsteriskMessage) throws(DialectError) -> CallEvent {
        switch message.name {
        case "MEDIA_START": return try decodeStart(message)
        case "DTMF_END":
            guard let key = message.text("digit"), key.count == 1, let digit = key.first.flatMap(DTMFDigit.init) else {
                return .ignored(.incomplete(message.name))
            }
            return .digit(digit, duration: nil)
        case "MEDIA_XOFF": return .held(true)
        case "MEDIA_XON": return .held(false)
        case "MEDIA_MARK_PROCESSED":
            guard let id = message.correlationID else { return .ignored(.incomplete(message.name)) }
            return .mark(id.prefixed(toBytes: 256))
        case "STATUS", "MEDIA_BUFFERING_COMPLETED", "QUEUE_DRAINED": return .ignored(.acknowledgement)
        case "ERROR":
            let complaint = message.text("error_text") ?? message.bare ?? ""
            return .ignored(.complaint(complaint.prefixed(toBytes: 256)))
        default: return .ignored(.unknownName(message.name.prefixed(toBytes: 64)))
        }
    }
}
