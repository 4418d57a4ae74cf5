// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Turns the bytes of caller audio into samples: decodes, then converts to the bot's rate, in blocks of at most 100 ms.
struct InboundAudio: Sendable {
    private let wire: AudioFormat
    private var resampler: Resampler?
    private var joiner = LittleEndianPCM()
    /// Samples of the wire in the largest block.
    private let block: Int
    /// Both are empty until audio comes, and as long as the longest block so far.
    private var wireSamples: [Int16] = []
    private var wireCount = 0
    private var botSamples: [Int16] = []
    private var botCount = 0
    private var blockPosition: Int64 = 0
    /// Samples of the wire decoded so far.
    private(set) var received: Int64 = 0
    /// Samples at the bot's rate made so far.
    private(set) var made: Int64 = 0

    init(wire: AudioFormat, bot: AudioFormat) {
        self.wire = wire
        block = wire.sampleRate / 10
        if wire.sampleRate != bot.sampleRate, let source = SampleRate(rawValue: wire.sampleRate),
            let target = SampleRate(rawValue: bot.sampleRate)
        {
            resampler = Resampler(from: source, to: target)
        }
    }

    /// Messages that ended inside a sample.
    var oddBytes: Int { joiner.danglingBytes }

    /// Bytes of one block.
    var blockBytes: Int { block * wire.encoding.bytesPerSample }

    /// Decodes at most ``blockBytes`` bytes; the block is read through ``withBlock(_:)`` until the next call.
    mutating func decode(_ bytes: Span<UInt8>) {
        makeRoom(for: bytes.count / wire.encoding.bytesPerSample + 1)
        wireCount = Self.decode(bytes, wire.encoding, joiner: &joiner, into: &wireSamples)
        received += Int64(wireCount)
        blockPosition = made
        botCount = Self.convert(wireSamples, wireCount, with: &resampler, into: &botSamples)
        made += Int64(botCount)
    }

    private mutating func makeRoom(for samples: Int) {
        guard wireSamples.count < samples else { return }
        wireSamples = [Int16](repeating: 0, count: samples)
        guard let resampler else { return }
        botSamples = [Int16](repeating: 0, count: resampler.maximumOutput(for: samples))
    }

    private static func decode(
        _ bytes: Span<UInt8>,
        _ encoding: AudioEncoding,
        joiner: inout LittleEndianPCM,
        into samples: inout [Int16]
    ) -> Int {
        var room = samples.mutableSpan
        switch encoding {
        case .linear16: return joiner.decode(bytes, into: &room)
        case .muLaw: G711.muLaw.decode(bytes, into: &room)
        case .aLaw: G711.aLaw.decode(bytes, into: &room)
        }
        return bytes.count
    }

    private static func convert(
        _ samples: [Int16],
        _ count: Int,
        with resampler: inout Resampler?,
        into converted: inout [Int16]
    ) -> Int {
        guard resampler != nil else { return count }
        var room = converted.mutableSpan
        return resampler?.process(samples.span.extracting(0..<count), into: &room).produced ?? 0
    }

    /// Lends the block decoded last: the wire's samples, those at the bot's rate, and the index of the first of the latter
    /// since the start of the call.
    func withBlock(_ body: (_ wire: Span<Int16>, _ bot: Span<Int16>, _ position: Int64) -> Void) {
        let heard = wireSamples.span.extracting(0..<wireCount)
        if resampler == nil {
            body(heard, heard, blockPosition)
        } else {
            body(heard, botSamples.span.extracting(0..<botCount), blockPosition)
        }
    }
}
