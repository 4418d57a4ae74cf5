// SPDX-License-Identifier: Apache-2.0

// This filter and ``filterAcrossTaps(_:outputs:into:at:)`` multiply, then add: a fused multiply-add is a library call per
// lane on processors without it, and rounds differently, so that outputs would depend on the build. Each output's sum has
// one fixed order, whichever vector and whichever block it falls into; that is what makes the result independent of the
// chunks.

extension Resampler {
    private typealias Vector = SIMD8<Float>

    /// A vector holds eight outputs of one phase, and each coefficient is used for 32 at once.
    ///
    /// Outputs of one phase lie `decimation` inputs apart, which makes them neighbours of one stream.
    @inline(__always)
    func filterAcrossOutputs<Output: ResamplerOutput>(
        _ scratch: Span<Float>,
        stride: Int,
        outputs: Range<Int>,
        into output: inout MutableSpan<Output>,
        at place: Int
    ) {
        let interpolation = table.interpolation
        let decimation = table.decimation
        let (coefficientArray, segmentArray) = (table.coefficients, table.segments)
        let (coefficients, segments) = (coefficientArray.span, segmentArray.span)
        let groupsOfHistory = table.history / decimation
        let bytes = unsafe scratch.bytes
        for phase in 0..<interpolation {
            // Output `interpolation · group + phase`, for the groups that put it into the range.
            var group = phase >= outputs.lowerBound ? 0 : 1
            let endGroup = (outputs.upperBound - phase + interpolation - 1) / interpolation
            while group < endGroup {
                let wide = endGroup - group > 8
                var sums = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
                for stream in 0..<decimation {
                    let segment = segments[phase * decimation + stream]
                    let first = stream * stride + groupsOfHistory + group + segment.start
                    precondition(first >= 0 && first + segment.count + 31 <= scratch.count)
                    precondition(segment.coefficient + segment.count <= coefficients.count)
                    if wide {
                        for tap in 0..<segment.count {
                            // All 32 floats from `first + tap` on and the coefficient are inside, as checked above.
                            let coefficient = unsafe coefficients[unchecked: segment.coefficient &+ tap]
                            let offset = (first &+ tap) &* 4
                            unsafe sums.0 += coefficient * Self.load(bytes, offset)
                            unsafe sums.1 += coefficient * Self.load(bytes, offset &+ 32)
                            unsafe sums.2 += coefficient * Self.load(bytes, offset &+ 64)
                            unsafe sums.3 += coefficient * Self.load(bytes, offset &+ 96)
                        }
                    } else {
                        for tap in 0..<segment.count {
                            let coefficient = unsafe coefficients[unchecked: segment.coefficient &+ tap]
                            unsafe sums.0 += coefficient * Self.load(bytes, (first &+ tap) &* 4)
                        }
                    }
                }
                var next = place + interpolation * group + phase - outputs.lowerBound
                let count = min(endGroup - group, wide ? 32 : 8)
                Self.store(sums.0, count, every: interpolation, at: &next, into: &output)
                Self.store(sums.1, count - 8, every: interpolation, at: &next, into: &output)
                Self.store(sums.2, count - 16, every: interpolation, at: &next, into: &output)
                Self.store(sums.3, count - 24, every: interpolation, at: &next, into: &output)
                group += count
            }
        }
    }

    @inline(__always)
    @unsafe
    static func load<Loaded: SIMD & BitwiseCopyable>(_ bytes: RawSpan, _ offset: Int) -> Loaded {
        unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Loaded.self)
    }

    /// Writes the first `count` lanes, at most eight, to every `stride`th place.
    @inline(__always)
    private static func store<Output: ResamplerOutput>(
        _ sums: Vector,
        _ count: Int,
        every stride: Int,
        at next: inout Int,
        into output: inout MutableSpan<Output>
    ) {
        if count <= 0 { return }
        let samples = Output.samples(of: sums)
        if count >= 8 {
            precondition(next >= 0 && next + 7 * stride < output.count)
            // Checked above, all eight at once.
            unsafe output[unchecked: next] = samples[0]
            unsafe output[unchecked: next &+ stride] = samples[1]
            unsafe output[unchecked: next &+ 2 &* stride] = samples[2]
            unsafe output[unchecked: next &+ 3 &* stride] = samples[3]
            unsafe output[unchecked: next &+ 4 &* stride] = samples[4]
            unsafe output[unchecked: next &+ 5 &* stride] = samples[5]
            unsafe output[unchecked: next &+ 6 &* stride] = samples[6]
            unsafe output[unchecked: next &+ 7 &* stride] = samples[7]
            next += 8 * stride
            return
        }
        for lane in 0..<count {
            output[next] = samples[lane]
            next += stride
        }
    }
}
