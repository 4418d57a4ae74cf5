// SPDX-License-Identifier: Apache-2.0

import CallModel

extension MessageReader {
    /// Rates that the wire may have, in hertz.
    private static let sampleRates = [8_000, 16_000, 24_000, 48_000]

    /// Reads the audio format of a start; `encoding` (16-bit linear PCM unless said otherwise), `rate` (8000 Hz unless said
    /// otherwise), mono where it says nothing.
    ///
    /// A rate or channel count of its own counts before one after the encoding's `;`.
    func decodeFormat(
        _ fields: borrowing MessageFields,
        encoding usual: AudioEncoding = .linear16,
        rate usualRate: String? = nil,
        in text: Span<UInt8>
    ) throws(DialectError) -> AudioFormat {
        let place = fields.first(["media_format", "audio_format"], of: document, in: text) { kind in
            kind == .object || kind == .string
        }
        var encoding: JSONPlace?
        var rate: JSONPlace?
        var channels: JSONPlace?
        if let place, document.kind(at: place) == .string { encoding = place }
        let objects = (place.map { [$0] } ?? []) + fields.scopes
        for object in objects {
            encoding = encoding ?? present("encoding", of: object, in: text)
            rate = rate ?? present("sample_rate", of: object, in: text)
            channels = channels ?? present("channels", of: object, in: text)
        }
        var name: EncodingName?
        if let encoding, let value = shown(encoding, in: text), !value.isEmpty {
            name = EncodingName(value)
            guard name != nil else { throw .unsupportedFormat(field: "encoding", value: value) }
        }
        try checkChannels(channels.flatMap { shown($0, in: text) } ?? name?.channels)
        let hertz = try sampleRate(rate.flatMap { shown($0, in: text) } ?? name?.rate ?? usualRate)
        guard let format = AudioFormat(encoding: name?.encoding ?? usual, sampleRate: hertz) else {
            throw .unsupportedFormat(field: "sample_rate", value: String(hertz))
        }
        return format
    }

    private func present(_ name: String, of object: JSONPlace, in text: Span<UInt8>) -> JSONPlace? {
        guard let place = document.field(name, of: object, in: text) else { return nil }
        return document.kind(at: place) == .null ? nil : place
    }

    private func shown(_ place: JSONPlace, in text: Span<UInt8>) -> String? {
        document.text(at: place, in: text) ?? document.source(at: place, in: text)
    }

    private func sampleRate(_ value: String?) throws(DialectError) -> Int {
        guard let value, !value.isEmpty else { return 8_000 }
        guard let rate = DecimalText.wholeNumber(value), Self.sampleRates.contains(rate) else {
            throw .unsupportedFormat(field: "sample_rate", value: value)
        }
        return rate
    }

    private func checkChannels(_ value: String?) throws(DialectError) {
        guard let value, !value.isEmpty, DecimalText.wholeNumber(value) != 1 else { return }
        throw .unsupportedFormat(field: "channels", value: value)
    }
}
