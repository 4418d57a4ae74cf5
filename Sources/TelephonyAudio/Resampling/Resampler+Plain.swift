// SPDX-License-Identifier: Apache-2.0

// The form of the conversion that every processor can run, and the reference for the other one.

extension Resampler {
    mutating func convertPlainly<Output: ResamplerOutput>(
        _ block: Span<Int16>,
        outputs: Range<Int>,
        into output: inout MutableSpan<Output>,
        at place: Int
    ) {
        let needed = held + block.count + Self.overrun + roundingUp
        if outputs.isEmpty {
            // Nothing to compute yet.
        } else if needed <= Self.littleScratch {
            var memory = InlineArray<384, Float>(repeating: 0)
            var scratch = memory.mutableSpan
            filter(block, outputs: outputs, with: &scratch, into: &output, at: place)
        } else if needed <= Self.someScratch {
            var memory = InlineArray<768, Float>(repeating: 0)
            var scratch = memory.mutableSpan
            filter(block, outputs: outputs, with: &scratch, into: &output, at: place)
        } else {
            var memory = InlineArray<1536, Float>(repeating: 0)
            var scratch = memory.mutableSpan
            filter(block, outputs: outputs, with: &scratch, into: &output, at: place)
        }
        remember(block)
    }

    private func filter<Output: ResamplerOutput>(
        _ block: Span<Int16>,
        outputs: Range<Int>,
        with scratch: inout MutableSpan<Float>,
        into output: inout MutableSpan<Output>,
        at place: Int
    ) {
        let total = held + block.count
        let streams = table.layout == .acrossOutputs ? table.decimation : 1
        let stride = (total + streams - 1) / streams
        let past = history.span.extracting(first: held)
        Self.spread(past, over: streams, stride: stride, from: 0, into: &scratch)
        Self.spread(block, over: streams, stride: stride, from: held, into: &scratch)
        if table.layout == .acrossOutputs {
            filterAcrossOutputs(scratch.span, stride: stride, outputs: outputs, into: &output, at: place)
        } else {
            filterAcrossTaps(scratch.span, outputs: outputs, into: &output, at: place)
        }
    }

    /// Keeps the end of history and block for the next block.
    private mutating func remember(_ block: Span<Int16>) {
        let old = held
        position = (position + block.count) % table.decimation
        let new = held
        let kept = max(new - block.count, 0)
        let skipped = block.count - (new - kept)
        precondition(old - kept >= 0 && old <= history.count && new <= history.count && skipped >= 0)
        var samples = history.mutableSpan
        // In bounds, as checked above; from the front, because the runs overlap.
        for index in 0..<kept {
            unsafe samples[unchecked: index] = samples[unchecked: old &- kept &+ index]
        }
        for index in kept..<new {
            unsafe samples[unchecked: index] = block[unchecked: skipped &+ index &- kept]
        }
    }

    /// Writes samples as floats, dealing them out to `streams` runs of `stride` floats; the first sample is number
    /// `first` of the deal.
    @inline(__always)
    private static func spread(
        _ samples: Span<Int16>,
        over streams: Int,
        stride: Int,
        from first: Int,
        into scratch: inout MutableSpan<Float>
    ) {
        precondition(streams * stride + overrun <= scratch.count && first >= 0)
        precondition(first + samples.count <= streams * stride)
        for stream in 0..<streams {
            var index = (stream - first % streams + streams) % streams
            var place = stream * stride + (first + index) / streams
            if streams == 1 {
                while index < samples.count {
                    // In bounds: `stride` is at least `first` and all samples.
                    unsafe scratch[unchecked: place] = Float(samples[unchecked: index])
                    place &+= 1
                    index &+= 1
                }
            }
            while index &+ 7 &* streams < samples.count {
                // In bounds: all eight are samples, and a stream gets at most `stride` of them.
                let eight = unsafe SIMD8<Int16>(
                    samples[unchecked: index],
                    samples[unchecked: index &+ streams],
                    samples[unchecked: index &+ 2 &* streams],
                    samples[unchecked: index &+ 3 &* streams],
                    samples[unchecked: index &+ 4 &* streams],
                    samples[unchecked: index &+ 5 &* streams],
                    samples[unchecked: index &+ 6 &* streams],
                    samples[unchecked: index &+ 7 &* streams]
                )
                var bytes = unsafe scratch.mutableBytes
                unsafe bytes.storeBytes(
                    of: SIMD8<Float>(eight),
                    toUncheckedByteOffset: place &* 4,
                    as: SIMD8<Float>.self
                )
                place &+= 8
                index &+= 8 &* streams
            }
            while index < samples.count {
                // In bounds: a stream gets at most `stride` of `first` and all samples.
                unsafe scratch[unchecked: place] = Float(samples[unchecked: index])
                place &+= 1
                index &+= streams
            }
        }
    }
}
