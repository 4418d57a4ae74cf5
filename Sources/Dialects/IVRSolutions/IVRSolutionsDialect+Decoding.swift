// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension IVRSolutionsDialect {
    /// Reads one whole text message.
    ///
    /// The bytes of a ``CallEvent/media(_:)`` are then found by ``withMedia(_:)``, until the next message is read.
    /// A fault costs the message, not the call, unless ``DialectError/closesCall`` says so.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        do { try document.parse(text) } catch { throw .notJSON(error) }
        let root = document.root
        guard document.kind(at: root) == .object else { throw .notAnObject }
        let name = discriminator(in: text)
        let kind = name.flatMap { place in IVRSolutionsMessageKind(at: place, of: document, in: text) }
        switch kind {
        case .media: return try decodeMedia(in: text)
        case .start: return try decodeStart(in: text)
        case .digit: return decodeDigit(in: text)
        case .mark: return decodeMark(in: text)
        case .cleared: return .cleared
        case .connected: return .connected
        case .stop: return decodeStop(in: text)
        case nil:
            if let place = ownAudio(in: text) { return try decodeMedia(at: place, header: MediaHeader(), in: text) }
            let text = name.flatMap { place in document.text(at: place, in: text) } ?? ""
            return .ignored(.unknownName(text.prefixed(toBytes: 64)))
        }
    }

    /// Takes one binary message: caller audio in the format of `start`.
    package mutating func decode(binary: Span<UInt8>) -> CallEvent {
        media.replace(with: binary)
        return .media(MediaHeader())
    }

    /// The message's name: the string at `event`, else at `type`, else at `Event`.
    private func discriminator(in text: Span<UInt8>) -> JSONPlace? {
        if let place = document.member("event", of: document.root, in: text), document.kind(at: place) == .string {
            return place
        }
        if let place = document.member("type", of: document.root, in: text), document.kind(at: place) == .string {
            return place
        }
        guard let place = document.member("Event", of: document.root, in: text) else { return nil }
        return document.kind(at: place) == .string ? place : nil
    }

    /// The object of this name inside of the message.
    func nested(_ name: String, in text: Span<UInt8>) -> JSONPlace? {
        guard let place = document.member(name, of: document.root, in: text) else { return nil }
        return document.kind(at: place) == .object ? place : nil
    }
}
