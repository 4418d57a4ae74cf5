// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension GenesysDialect {
    /// Reads one whole text message; what it must be answered with waits for ``takeReply(into:)``, also after a throw.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        if envelope.id.isEmpty { try reader.checkPlatform(.genesys, in: text) }
        let root = reader.document.root
        guard let type = reader.document.memberText("type", of: root, in: text) else {
            return reader.ignored(nil, in: text)
        }
        try receiveEnvelope(type: type, in: text)
        switch type {
        case "open": return try decodeOpen(in: text)
        case "ping": return answer(.pong, to: type)
        case "update": return answer(.updated, to: type)
        case "close":
            reply(.closed)
            return .stop(reason: parameter("reason", in: text)?.prefixed(toBytes: 256))
        case "dtmf":
            guard let key = parameter("digit", in: text), key.count == 1, let digit = key.first.flatMap(DTMFDigit.init)
            else { return .ignored(.incomplete(type)) }
            return .digit(digit, duration: nil)
        case "error":
            let complaint = [parameter("code", in: text), parameter("message", in: text)].compactMap(\.self)
            return .ignored(.complaint(complaint.joined(separator: " ").prefixed(toBytes: 256)))
        case "playback_started", "playback_completed", "discarded", "paused", "resumed":
            return .ignored(.acknowledgement)
        default: return .ignored(.unknownName(type.prefixed(toBytes: 64)))
        }
    }

    /// Takes one binary message: caller audio in the format that was agreed on; of two channels the caller's is kept.
    ///
    /// There is none before `opened`; what comes then all the same means nothing.
    package mutating func decode(binary: Span<UInt8>) -> CallEvent {
        guard let stream else { return .ignored(.incomplete("audio before open")) }
        if stream.isStereo {
            reader.takeFirstChannel(of: binary, bytesPerSample: stream.encoding.bytesPerSample)
        } else {
            reader.takeAudio(binary)
        }
        return .media(MediaHeader())
    }

    /// Checks what every message carries: version, session and number.
    private mutating func receiveEnvelope(type: String, in text: Span<UInt8>) throws(DialectError) {
        let root = reader.document.root
        let version = reader.document.memberText("version", of: root, in: text) ?? ""
        guard version == "2" else { throw breach("version is \"\(version.prefixed(toBytes: 16))\" and must be \"2\"") }
        guard let id = LocalIdentifier.kept(reader.document.memberText("id", of: root, in: text)) else {
            throw breach("id is missing")
        }
        if envelope.id.isEmpty { envelope.id = announcedSession ?? id }
        guard id == envelope.id else { throw breach("id is another session's") }
        let place = reader.document.member("seq", of: root, being: .number, in: text)
        let number = place.flatMap { reader.document.wholeNumber(at: $0, in: text) }
        if let due = envelope.receive(number.flatMap { $0.isExact ? Int($0.value) : nil }) {
            throw breach("seq of \(type.prefixed(toBytes: 32)) must be \(due)")
        }
        guard stream != nil || ["open", "close", "error"].contains(type) else {
            throw breach("\(type.prefixed(toBytes: 32)) came before open")
        }
    }

    /// A text or number in `parameters`.
    func parameter(_ name: String, in text: Span<UInt8>) -> String? {
        guard let place = reader.document.member("parameters", of: reader.document.root, in: text) else { return nil }
        return reader.document.memberText(name, of: place, in: text)
    }

    private mutating func answer(_ reply: GenesysReply, to type: String) -> CallEvent {
        self.reply(reply)
        return .ignored(.acknowledgement)
    }

    /// Queues an answer; a platform that never lets us write them gets no more than a few.
    mutating func reply(_ reply: GenesysReply) {
        guard replies.count < Self.maximumReplies else { return }
        replies.append(reply)
    }

    /// Queues the end that a broken protocol is answered with.
    mutating func breach(_ problem: String) -> DialectError {
        reply(.disconnect(info: problem))
        return .brokenProtocol(problem)
    }
}
