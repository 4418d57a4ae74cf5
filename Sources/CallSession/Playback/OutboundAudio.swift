// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Turns an utterance's samples into frames of the wire: converts the rate, cuts frames, pads the last, encodes.
struct OutboundAudio: Sendable {
    private let wire: AudioFormat
    /// Samples of one frame of the wire.
    let frameSamples: Int
    private var converters: [(source: Int, resampler: Resampler)] = []
    private var converter: Int?
    private var pending: [Int16]
    private var pendingCount = 0

    init(wire: AudioFormat, frame: Duration) {
        self.wire = wire
        self.frameSamples = max(1, wire.sampleCount(for: frame))
        self.pending = [Int16](repeating: 0, count: frameSamples + wire.sampleRate / 50 + 2)
    }

    /// Begins an utterance of this rate: the converter starts from silence.
    mutating func begin(sampleRate: Int) {
        pendingCount = 0
        converter = nil
        guard sampleRate != wire.sampleRate else { return }
        if let index = converters.firstIndex(where: { $0.source == sampleRate }) {
            converters[index].resampler.reset()
            converter = index
        } else if let source = SampleRate(rawValue: sampleRate), let target = SampleRate(rawValue: wire.sampleRate) {
            converters.append((sampleRate, Resampler(from: source, to: target)))
            converter = converters.count - 1
        }
    }

    /// Draws from the utterance until a frame is there or the utterance has no more; true when a whole frame is there.
    mutating func fill(from utterance: inout Utterance) -> Bool {
        while pendingCount < frameSamples, utterance.available > 0 {
            utterance.withNext(max(1, utterance.sampleRate / 50)) { convert($0) }
            utterance.drop()
        }
        return pendingCount >= frameSamples
    }

    /// Ends the utterance, once it has no more: the converter's last sample joins what waits.
    mutating func finish() {
        guard let converter else { return }
        pendingCount += Self.flush(&converters[converter].resampler, into: &pending, at: pendingCount)
    }

    /// Whether a part of a frame waits.
    var hasRemainder: Bool { pendingCount > 0 }

    /// Appends one frame to `bytes` in the wire's encoding, padded with silence when less than a frame waits.
    ///
    /// Returns how many samples of it were not padding.
    mutating func takeFrame(into bytes: inout [UInt8]) -> Int {
        let content = min(pendingCount, frameSamples)
        switch wire.encoding {
        case .linear16:
            for index in 0..<content {
                bytes.append(UInt8(truncatingIfNeeded: pending[index]))
                bytes.append(UInt8(truncatingIfNeeded: pending[index] >> 8))
            }
            for _ in content * 2..<frameSamples * 2 { bytes.append(0) }
        case .muLaw: append(.muLaw, content, to: &bytes)
        case .aLaw: append(.aLaw, content, to: &bytes)
        }
        for index in content..<pendingCount { pending[index - content] = pending[index] }
        pendingCount -= content
        return content
    }

    /// Forgets what waits.
    mutating func drop() { pendingCount = 0 }

    private func append(_ law: G711, _ content: Int, to bytes: inout [UInt8]) {
        for index in 0..<content { bytes.append(law.encode(pending[index])) }
        for _ in content..<frameSamples { bytes.append(law.silence) }
    }

    private mutating func convert(_ samples: Span<Int16>) {
        if let converter {
            pendingCount += Self.run(&converters[converter].resampler, samples, into: &pending, at: pendingCount)
        } else {
            for index in samples.indices { pending[pendingCount + index] = samples[index] }
            pendingCount += samples.count
        }
    }

    private static func run(
        _ resampler: inout Resampler,
        _ samples: Span<Int16>,
        into pending: inout [Int16],
        at start: Int
    ) -> Int {
        var all = pending.mutableSpan
        var room = all._mutatingExtracting(start..<all.count)
        return resampler.process(samples, into: &room).produced
    }

    private static func flush(_ resampler: inout Resampler, into pending: inout [Int16], at start: Int) -> Int {
        var all = pending.mutableSpan
        var room = all._mutatingExtracting(start..<all.count)
        return resampler.flush(into: &room)
    }
}
