// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Turns the bytes of caller audio into samples: decodes, then converts to the bot's rate, in blocks of at most 100 ms.
struct InboundAudio: Sendable {
    private let wire: AudioFormat
    private var resampler: Resampler?
    private var joiner = LittleEndianPCM()
    /// Samples of the wire in the largest block.
    private let blockSamples: Int
    /// Both are empty until audio comes, and as long as the longest block so far.
    private var wireSamples: [Int16] = []
    private var wireCount = 0
    private var botSamples: [Int16] = []
    private var botCount = 0
    private var blockPosition: Int64 = 0
    /// Samples of the wire decoded so far.
    private var received: Int64 = 0
    /// Samples at the bot's rate made so far.
    private var made: Int64 = 0

    init(wire: AudioFormat, bot: AudioFormat) {
        self.wire = wire
        blockSamples = wire.sampleRate / 10
        if wire.sampleRate != bot.sampleRate, let source = SampleRate(rawValue: wire.sampleRate),
            let target = SampleRate(rawValue: bot.sampleRate)
        {
            resampler = Resampler(from: source, to: target)
        }
    }

    /// Bytes of one block.
    var blockBytes: Int { blockSamples * wire.encoding.bytesPerSample }

    /// Decodes at most ``blockBytes`` bytes.
    mutating func decode(_ bytes: Span<UInt8>) -> Block {
        makeRoom(for: bytes.count / wire.encoding.bytesPerSample + 1)
        wireCount = Self.decode(bytes, wire.encoding, joiner: &joiner, into: &wireSamples)
        received += Int64(wireCount)
        blockPosition = made
        botCount = Self.convert(wireSamples, wireCount, with: &resampler, into: &botSamples)
        made += Int64(botCount)
        return block
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

    /// A decoded block.
    ///
    /// It shares its memory with the decoder and is to be let go before the next one is decoded.
    struct Block {
        /// Its first ``wireCount`` are the wire's samples.
        let wire: [Int16]
        let wireCount: Int
        /// Its first ``botCount`` are the same at the bot's rate.
        let bot: [Int16]
        let botCount: Int
        /// The index of the first of the latter since the start of the call.
        let position: Int64
        /// Samples of the wire decoded so far.
        let received: Int64
        /// Messages so far that ended inside a sample.
        let oddBytes: Int
    }

    private var block: Block {
        Block(
            wire: wireSamples,
            wireCount: wireCount,
            bot: resampler == nil ? wireSamples : botSamples,
            botCount: botCount,
            position: blockPosition,
            received: received,
            oddBytes: joiner.danglingBytes
        )
    }
}
