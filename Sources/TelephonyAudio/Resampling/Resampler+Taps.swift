// SPDX-License-Identifier: Apache-2.0

extension Resampler {
    private typealias Quad = SIMD4<Float>

    /// One output after the other, eight taps at once, the eight partial sums added by halves, then
    /// neighbour to neighbour.
    ///
    /// Where two whole groups are left, an output and that of the next group, which has the same coefficients, are
    /// computed together.
    @inline(__always)
    func filterAcrossTaps<Output: ResamplerOutput>(
        _ scratch: Span<Float>,
        outputs: Range<Int>,
        into output: inout MutableSpan<Output>,
        at place: Int
    ) {
        let taps = table.taps
        let coefficientArray = table.coefficients
        let coefficients = coefficientArray.span
        let bytes = unsafe scratch.bytes
        let coefficientBytes = unsafe coefficients.bytes
        let (interpolation, decimation) = (table.interpolation, table.decimation)
        // Where the first output reads, then whole inputs and parts of one further from output to output.
        var number = outputs.lowerBound % interpolation
        let time = outputs.lowerBound * decimation
        var first = table.history + time / interpolation - position - (taps - 1)
        var part = time % interpolation
        let (whole, rest) = (decimation / interpolation, decimation % interpolation)
        let latest = first + taps + (part + outputs.count * decimation) / interpolation
        precondition(first >= 0 && latest <= scratch.count && interpolation * taps <= coefficients.count)
        precondition(place >= 0 && place + outputs.count <= output.count)
        var index = 0
        // Outputs of this group still to be computed with those of the next.
        var twice = 0
        while index < outputs.count {
            if twice == 0, outputs.count &- index >= 2 &* interpolation { twice = interpolation }
            // What is read and written is inside, as checked above; `taps` is a multiple of eight.
            let source = number &* taps &* 4
            let end = source &+ taps &* 4
            if twice > 0 {
                let sums = unsafe Self.twoSums(coefficientBytes, source..<end, bytes, first &* 4, decimation &* 4)
                unsafe output[unchecked: place &+ index] = Self.sample(sums.0)
                unsafe output[unchecked: place &+ index &+ interpolation] = Self.sample(sums.1)
                twice &-= 1
            } else {
                unsafe output[unchecked: place &+ index] = Self.sample(
                    Self.sum(coefficientBytes, source..<end, bytes, first &* 4)
                )
                // Two whole groups are not left any more.
                twice = -1
            }
            index &+= 1
            number = number &+ 1 == interpolation ? 0 : number &+ 1
            part &+= rest
            let carry = part >= interpolation
            part &-= carry ? interpolation : 0
            first &+= carry ? whole &+ 1 : whole
            if twice == 0 {
                // Those of the next group are done too.
                index &+= interpolation
                first &+= decimation
            }
        }
    }

    @inline(__always)
    @unsafe
    private static func sum(_ coefficients: RawSpan, _ run: Range<Int>, _ samples: RawSpan, _ start: Int) -> Quad {
        var (low, high) = (Quad.zero, Quad.zero)
        var (source, offset) = (run.lowerBound, start)
        while source < run.upperBound {
            unsafe low += load(coefficients, source) * load(samples, offset)
            unsafe high += load(coefficients, source &+ 16) * load(samples, offset &+ 16)
            source &+= 32
            offset &+= 32
        }
        return low + high
    }

    /// The sums of a run of coefficients with the samples from `start` and with those `later` bytes later.
    @inline(__always)
    @unsafe
    private static func twoSums(
        _ coefficients: RawSpan,
        _ run: Range<Int>,
        _ samples: RawSpan,
        _ start: Int,
        _ later: Int
    ) -> (Quad, Quad) {
        var (low, high) = (Quad.zero, Quad.zero)
        var (laterLow, laterHigh) = (Quad.zero, Quad.zero)
        var (source, offset) = (run.lowerBound, start)
        while source < run.upperBound {
            let first: Quad = unsafe load(coefficients, source)
            let second: Quad = unsafe load(coefficients, source &+ 16)
            unsafe low += first * load(samples, offset)
            unsafe high += second * load(samples, offset &+ 16)
            unsafe laterLow += first * load(samples, offset &+ later)
            unsafe laterHigh += second * load(samples, offset &+ later &+ 16)
            source &+= 32
            offset &+= 32
        }
        return (low + high, laterLow + laterHigh)
    }

    @inline(__always)
    private static func sample<Output: ResamplerOutput>(_ halves: Quad) -> Output {
        let pairs = halves.evenHalf + halves.oddHalf
        return Output.samples(of: SIMD8<Float>(repeating: pairs.x + pairs.y))[0]
    }
}
