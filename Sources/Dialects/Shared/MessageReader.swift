// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Reads the JSON messages of one call, one after another, in memory that is used again.
struct MessageReader: Sendable {
    /// How many values a message may hold; none of a platform comes near so many.
    static let maximumValues = 8_192
    /// The message that is being read.
    private(set) var document = JSONDocument(maximumValues: maximumValues)
    /// The bytes of the last piece of caller audio.
    var media = MediaBuffer()
    /// Base64 that came with JSON escapes, such as `\/`, once they are resolved.
    private var resolved: [UInt8] = []

    /// Memory for resolved escapes that is kept between messages, in bytes.
    private static let keptBytes = 65_536

    /// Reads a message in place of the one before, which must be one JSON object.
    mutating func parse(_ text: Span<UInt8>) throws(DialectError) {
        do { try document.parse(text) } catch { throw .notJSON(error) }
        guard document.kind(at: document.root) == .object else { throw .notAnObject }
    }

    /// The string of this exact name beside the message's other fields.
    func string(_ name: String, in text: Span<UInt8>) -> JSONPlace? {
        guard let place = document.member(name, of: document.root, in: text) else { return nil }
        return document.kind(at: place) == .string ? place : nil
    }

    /// The object of this exact name inside of the message.
    func object(_ name: String, in text: Span<UInt8>) -> JSONPlace? {
        guard let place = document.member(name, of: document.root, in: text) else { return nil }
        return document.kind(at: place) == .object ? place : nil
    }

    /// The fields of the object of this exact name, if there is one, and of the message itself.
    func fields(_ name: String, in text: Span<UInt8>) -> MessageFields {
        MessageFields(nested: object(name, in: text), root: document.root)
    }

    /// Why a message of this name has no effect.
    func ignored(_ name: JSONPlace?, in text: Span<UInt8>) -> CallEvent {
        let text = name.flatMap { place in document.text(at: place, in: text) } ?? ""
        return .ignored(.unknownName(text.prefixed(toBytes: 64)))
    }

    /// Decodes the base64 at `place` into ``media``.
    mutating func decodeAudio(at place: JSONPlace, in text: Span<UInt8>) throws(DialectError) {
        do {
            if document.hasEscapes(at: place) {
                resolved.removeAll(keepingCapacity: resolved.count <= Self.keptBytes)
                document.unescape(document.bytes(at: place), in: text, into: &resolved)
                try Base64.decode(resolved, into: &media)
            } else {
                try Base64.decode(text.extracting(document.bytes(at: place)), into: &media)
            }
        } catch {
            throw .badBase64(error)
        }
    }

    /// Takes bare bytes of caller audio.
    mutating func takeAudio(_ bytes: Span<UInt8>) { media.replace(with: bytes) }

    /// Takes the first of two interleaved channels of caller audio.
    mutating func takeFirstChannel(of bytes: Span<UInt8>, bytesPerSample: Int) {
        media.replace(withFirstChannelOf: bytes, bytesPerSample: bytesPerSample)
    }

    /// Takes caller audio that stands as samples in a JSON array; false when one of them is no number.
    mutating func takeSamples(at place: JSONPlace, in text: Span<UInt8>) -> Bool {
        media.replace(withSamplesAt: place, of: document, in: text)
    }
}
