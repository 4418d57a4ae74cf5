// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// Reads a message of caller audio in one pass, with its base64 decoded on the way.
///
/// It takes what nearly all platforms write, `{"event":"media","media":{"payload":"…"}}`, with keys in any order, white
/// space, keys that nobody knows, and a number and a time beside the audio or above it. It builds nothing: what it takes
/// it has checked as strictly as ``JSONDocument``, to the end, and means what `MessageReader` makes of it; of a key that
/// stands twice the last one counts. Whatever is written in another way it leaves to them: another event, audio of the
/// bot's own track, an escape in a key or a word it looks at, a number that is no plain whole one, any with an
/// exponent, a fault.
package struct MediaScanner {
    /// The number and the time of one object.
    private struct Numbers {
        var sequence: Int64?
        var time: Int64?
    }

    /// The place in the text.
    var scanner = JSONScanner()
    /// Values passed so far, the message among them, which a document would have to hold.
    var values = 1
    /// Whether the message is named as one of audio.
    private var isMedia = false
    /// Bytes of audio decoded, once there are any to be.
    private var audioBytes: Int?
    /// Beside the audio's object.
    private var outer = Numbers()
    /// Beside the audio.
    private var inner = Numbers()

    /// Reads one text message into `media`.
    ///
    /// - Returns: the header of the audio, which is then in `media`; nil for a message that is to be read by a
    ///   ``JSONDocument``, where `media` may be empty.
    package static func scan(_ text: Span<UInt8>, into media: inout MediaBuffer) -> MediaHeader? {
        var scanner = MediaScanner()
        if scanner.readMessage(text, into: &media), let count = scanner.audioBytes {
            media.setCount(count)
            let number = scanner.inner.sequence ?? scanner.outer.sequence
            return MediaHeader(
                sequenceNumber: number.map(Int.init(truncatingIfNeeded:)),
                timestamp: scanner.inner.time ?? scanner.outer.time
            )
        }
        return nil
    }

    /// Reads the whole text; false when it is not to be taken.
    private mutating func readMessage(_ text: Span<UInt8>, into media: inout MediaBuffer) -> Bool {
        skipBlanks(in: text)
        guard enterObject(in: text) else { return false }
        while true {
            guard let name = takeName(in: text) else { return false }
            switch name {
            case .event:
                guard takeMediaWord(in: text) else { return false }
                isMedia = true
            case .media: guard readMedia(text, into: &media) else { return false }
            case .sequenceNumber:
                guard let number = takeNumber(in: text) else { return false }
                outer.sequence = number
            case .timestamp:
                guard let number = takeNumber(in: text) else { return false }
                outer.time = number
            case .track: guard passTrack(in: text) else { return false }
            case .payload, .other: guard skipValue(in: text, depth: 1) else { return false }
            }
            guard let goesOn = endMember(in: text) else { return false }
            guard goesOn else { break }
        }
        skipBlanks(in: text)
        return isMedia && scanner.offset == text.count && values <= MessageReader.maximumValues
    }

    /// Reads the object of the audio; false when it is not to be taken.
    private mutating func readMedia(_ text: Span<UInt8>, into media: inout MediaBuffer) -> Bool {
        guard enterObject(in: text) else { return false }
        inner = Numbers()
        audioBytes = nil
        while true {
            guard let name = takeName(in: text) else { return false }
            switch name {
            case .payload:
                guard let count = takeAudio(in: text, into: &media) else { return false }
                audioBytes = count
            case .sequenceNumber:
                guard let number = takeNumber(in: text) else { return false }
                inner.sequence = number
            case .timestamp:
                guard let number = takeNumber(in: text) else { return false }
                inner.time = number
            case .track: guard passTrack(in: text) else { return false }
            case .event, .media, .other: guard skipValue(in: text, depth: 2) else { return false }
            }
            guard let goesOn = endMember(in: text) else { return false }
            guard goesOn else { return true }
        }
    }

    /// Moves over what stands between a member and the next one's name; false after the object's end, nil for a fault.
    @inline(__always)
    private mutating func endMember(in text: Span<UInt8>) -> Bool? {
        values &+= 1
        skipBlanks(in: text)
        guard let byte = scanner.peek(in: text) else { return nil }
        scanner.offset &+= 1
        guard byte == ASCII.comma else { return byte == ASCII.closeBrace ? false : nil }
        skipBlanks(in: text)
        return true
    }

    /// Moves into an object that has something in it.
    private mutating func enterObject(in text: Span<UInt8>) -> Bool {
        guard scanner.peek(in: text) == ASCII.openBrace else { return false }
        scanner.offset &+= 1
        skipBlanks(in: text)
        return true
    }
}
