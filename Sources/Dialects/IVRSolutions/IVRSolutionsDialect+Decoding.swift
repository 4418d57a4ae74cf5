// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension IVRSolutionsDialect {
    /// Reads one whole text message.
    ///
    /// The bytes of a ``CallEvent/media(_:)`` are then found by ``withMedia(_:)``, until the next message is read.
    /// A fault costs the message, not the call, unless ``DialectError/closesCall`` says so.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try reader.parse(text)
        let name = discriminator(in: text)
        let kind = name.flatMap { place in IVRSolutionsMessageKind(at: place, of: reader.document, in: text) }
        switch kind {
        case .media: return try decodeMedia(in: text)
        case .start: return try decodeStart(in: text)
        case .digit: return reader.decodeDigit(in: text)
        case .mark: return reader.decodeMark(in: text)
        case .cleared: return .cleared
        case .connected: return .connected
        case .stop: return reader.decodeStop(in: text)
        case nil:
            if let place = ownAudio(in: text) { return try decodeMedia(at: place, header: MediaHeader(), in: text) }
            return try reader.unknown(name, on: .ivrSolutions, in: text)
        }
    }

    /// Takes one binary message: caller audio in the format of `start`.
    package mutating func decode(binary: Span<UInt8>) -> CallEvent {
        reader.takeAudio(binary)
        return .media(MediaHeader())
    }

    /// The message's name: the string at `event`, else at `type`, else at `Event`.
    private func discriminator(in text: Span<UInt8>) -> JSONPlace? {
        reader.string("event", in: text) ?? reader.string("type", in: text) ?? reader.string("Event", in: text)
    }
}
