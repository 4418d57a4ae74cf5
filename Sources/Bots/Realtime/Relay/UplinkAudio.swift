// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Caller audio on its way from the wire's format to the session's: untouched where they agree in G.711, else converted.
struct UplinkAudio: Sendable {
    private let wire: AudioFormat
    private let session: AudioFormat
    private var joiner = LittleEndianPCM()
    private var resampler: Resampler?
    private var samples: [Int16]
    private var converted: [Int16] = []
    private var bytes: [UInt8]

    init(from wire: AudioFormat, to session: AudioFormat) {
        self.wire = wire
        self.session = session
        let block = wire.sampleRate / 10 + 1
        samples = [Int16](repeating: 0, count: block)
        var largest = block
        if wire.sampleRate != session.sampleRate, let source = SampleRate(rawValue: wire.sampleRate),
            let target = SampleRate(rawValue: session.sampleRate)
        {
            let resampler = Resampler(from: source, to: target)
            largest = resampler.maximumOutput(for: block)
            converted = [Int16](repeating: 0, count: largest)
            self.resampler = resampler
        }
        bytes = [UInt8](repeating: 0, count: largest * session.encoding.bytesPerSample)
    }

    /// Converts bytes and lends the result, in pieces of at most 100 ms.
    mutating func convert(_ media: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        if wire == session, wire.encoding != .linear16 { return body(media) }
        let block = (samples.count - 1) * wire.encoding.bytesPerSample
        var start = 0
        while start < media.count {
            let end = min(media.count, start + block)
            let count = convert(media.extracting(start..<end))
            start = end
            if count > 0 { body(bytes.span.extracting(0..<count)) }
        }
    }

    private mutating func convert(_ media: Span<UInt8>) -> Int {
        let decoded = Self.decode(media, wire.encoding, &joiner, into: &samples)
        guard resampler != nil else { return Self.encode(samples, decoded, session.encoding, into: &bytes) }
        let count = Self.resample(samples, decoded, &resampler, into: &converted)
        return Self.encode(converted, count, session.encoding, into: &bytes)
    }

    private static func decode(
        _ media: Span<UInt8>,
        _ encoding: AudioEncoding,
        _ joiner: inout LittleEndianPCM,
        into samples: inout [Int16]
    ) -> Int {
        var room = samples.mutableSpan
        switch encoding {
        case .linear16: return joiner.decode(media, into: &room)
        case .muLaw: G711.muLaw.decode(media, into: &room)
        case .aLaw: G711.aLaw.decode(media, into: &room)
        }
        return media.count
    }

    private static func resample(
        _ samples: [Int16],
        _ count: Int,
        _ resampler: inout Resampler?,
        into converted: inout [Int16]
    ) -> Int {
        var room = converted.mutableSpan
        return resampler?.process(samples.span.extracting(0..<count), into: &room).produced ?? 0
    }

    private static func encode(
        _ samples: [Int16],
        _ count: Int,
        _ encoding: AudioEncoding,
        into bytes: inout [UInt8]
    ) -> Int {
        let samples = samples.span.extracting(0..<count)
        var room = bytes.mutableSpan
        switch encoding {
        case .linear16: LittleEndianPCM.encode(samples, into: &room)
        case .muLaw: G711.muLaw.encode(samples, into: &room)
        case .aLaw: G711.aLaw.encode(samples, into: &room)
        }
        return count * encoding.bytesPerSample
    }
}
