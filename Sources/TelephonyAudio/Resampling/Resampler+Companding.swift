// SPDX-License-Identifier: Apache-2.0

// G.711 on either side of the filter, through a little memory on the stack instead of a buffer of the caller's: what
// comes out is the same to the bit as decoding, converting and encoding one after the other.

extension Resampler {
    /// Codes or samples of one turn: 20 ms fit in whole up to 24 kHz.
    private static let blockCount = 512

    /// Converts G.711 codes to samples, as ``process(_:into:)`` does with their linear samples.
    package mutating func process(
        _ codes: Span<UInt8>,
        of law: G711,
        into output: inout MutableSpan<Int16>
    ) -> ResamplerProgress {
        decodeAndRun(codes, law, into: &output)
    }

    /// The same without rounding or saturation, on the 16-bit scale, for stages that go on in float.
    package mutating func process(
        _ codes: Span<UInt8>,
        of law: G711,
        into output: inout MutableSpan<Float>
    ) -> ResamplerProgress {
        decodeAndRun(codes, law, into: &output)
    }

    /// Converts samples to G.711 codes, which encode what ``process(_:into:)`` would have written.
    package mutating func process(
        _ input: Span<Int16>,
        into codes: inout MutableSpan<UInt8>,
        of law: G711
    ) -> ResamplerProgress {
        var memory = InlineArray<512, Int16>(repeating: 0)
        var progress = ResamplerProgress(consumed: 0, produced: 0)
        while true {
            let room = codes.count - progress.produced
            var samples = memory.mutableSpan
            var block = samples._mutatingExtracting(0..<min(room, Self.blockCount))
            let step = run(input.extracting(progress.consumed...), into: &block)
            if step.consumed == 0 { return progress }
            var target = codes._mutatingExtracting(progress.produced..<progress.produced + step.produced)
            law.encode(block.span.extracting(first: step.produced), into: &target)
            progress.consumed += step.consumed
            progress.produced += step.produced
        }
    }

    /// Ends a stream of G.711 output, as ``flush(into:)`` does; `codes` must have room for one.
    package mutating func flush(into codes: inout MutableSpan<UInt8>, of law: G711) -> Int {
        var memory = InlineArray<1, Int16>(repeating: 0)
        var samples = memory.mutableSpan
        let produced = finish(into: &samples)
        law.encode(samples.span.extracting(first: produced), into: &codes)
        return produced
    }

    private mutating func decodeAndRun<Output: ResamplerOutput>(
        _ codes: Span<UInt8>,
        _ law: G711,
        into output: inout MutableSpan<Output>
    ) -> ResamplerProgress {
        var memory = InlineArray<512, Int16>(repeating: 0)
        var progress = ResamplerProgress(consumed: 0, produced: 0)
        while progress.consumed < codes.count {
            let count = min(codes.count - progress.consumed, Self.blockCount)
            var samples = memory.mutableSpan
            law.decode(codes.extracting(progress.consumed..<progress.consumed + count), into: &samples)
            var room = output._mutatingExtracting(progress.produced..<output.count)
            let step = run(samples.span.extracting(first: count), into: &room)
            progress.consumed += step.consumed
            progress.produced += step.produced
            if step.consumed < count { break }
        }
        return progress
    }
}
