// SPDX-License-Identifier: Apache-2.0
internal import CAudioKernels

/// The coefficients of one pair of rates, cut into phases; immutable and shared by all streams of that pair.
///
/// With the ratio reduced to `interpolation / decimation` (L/M), output k lies at input time k·M/L. Its input is the
/// sample at or before that time and the `taps − 1` before it; its phase is the rest, (k·M) mod L. Each phase's
/// coefficients sum to one, so that a constant stays a constant.
final class ResamplerTable: Sendable {
    /// How the sums are laid out over vectors.
    enum Layout: Sendable {
        /// The rates are equal: samples are copied.
        case copy
        /// A vector holds one tap of neighbouring outputs of one phase; for small L and M.
        case acrossOutputs
        /// A vector holds neighbouring taps of one output; for the pairs with 44.1 kHz, whose 80 to 441 phases come
        /// round too seldom for the other layout.
        case acrossTaps
    }

    /// A run of taps of one phase that reads neighbouring samples of one of the M interleaved input streams.
    struct Segment: Sendable {
        /// First coefficient in `coefficients`, earliest input first.
        var coefficient: Int
        /// Number of taps.
        var count: Int
        /// Which input stream: input index modulo M.
        var stream: Int
        /// The first tap's place in that stream, relative to the output's group.
        var start: Int
    }

    /// Rate of the input.
    let source: SampleRate
    /// Rate of the output.
    let target: SampleRate
    /// L of the reduced ratio L/M.
    let interpolation: Int
    /// M of the reduced ratio L/M.
    let decimation: Int
    let layout: Layout
    /// Number of input samples one output reads; a multiple of `vectorWidth` where vectors hold taps.
    let taps: Int
    /// Input samples kept from call to call, besides those of an unfinished group.
    let history: Int
    /// The delay the filter adds, in output samples at 1 kHz.
    let delay: Double
    let coefficients: [Float]
    /// For `acrossOutputs`: M segments for each of the L outputs of a group.
    let segments: [Segment]
    /// The same in the form of the vector kernels.
    let kernelSegments: [audio_kernels_segment]
    /// For `acrossTaps` in the form of the vector kernels: by how many input samples each output of a group reads later
    /// than the first.
    let kernelOffsets: [Int32]

    static let vectorWidth = 8

    init(from source: SampleRate, to target: SampleRate) {
        let divisor = Self.greatestCommonDivisor(source.rawValue, target.rawValue)
        self.source = source
        self.target = target
        interpolation = target.rawValue / divisor
        decimation = source.rawValue / divisor
        guard source != target else {
            (layout, taps, history, delay, coefficients, segments) = (.copy, 0, 0, 0, [], [])
            (kernelSegments, kernelOffsets) = ([], [])
            return
        }
        let phases = Self.phases(from: source, to: target, interpolation: interpolation)
        let length = phases[0].count
        delay = Self.delay(of: phases) * Double(interpolation) / Double(decimation)
        if max(interpolation, decimation) <= 6 {
            layout = .acrossOutputs
            taps = length
            history = ((length - 1 + decimation - 1) / decimation + 1) * decimation
            (coefficients, segments) = Self.segmented(phases, decimation: decimation)
        } else {
            let width = Self.vectorWidth
            layout = .acrossTaps
            taps = (length + width - 1) / width * width
            history = taps - 1 + (decimation + interpolation - 1) / interpolation
            let padding = [Float](repeating: 0, count: taps - length)
            // In the order of the outputs of a group, so that neighbours in time are neighbours in memory.
            let (interpolation, decimation) = (interpolation, decimation)
            coefficients = (0..<interpolation).flatMap { output in
                padding + phases[output * decimation % interpolation].reversed().map { Float($0) }
            }
            segments = []
        }
        kernelSegments = Self.kernelSegments(segments)
        let (isAcrossTaps, outputs, inputs) = (layout == .acrossTaps, interpolation, decimation)
        kernelOffsets = isAcrossTaps ? (0..<outputs).map { Int32($0 * inputs / outputs) } : []
    }

    private static func segmented(_ phases: [[Double]], decimation: Int) -> ([Float], [Segment]) {
        let interpolation = phases.count
        var coefficients: [Float] = []
        var segments: [Segment] = []
        for output in 0..<interpolation {
            let offset = output * decimation / interpolation
            let phase = phases[output * decimation % interpolation]
            for stream in 0..<decimation {
                // The taps whose input index, offset − tap, falls into this stream.
                let first = (offset - stream + decimation) % decimation
                let taps = Array(stride(from: first, to: phase.count, by: decimation))
                let latest = (offset - stream - first) / decimation
                segments.append(
                    Segment(
                        coefficient: coefficients.count,
                        count: taps.count,
                        stream: stream,
                        start: latest - (taps.count - 1)
                    )
                )
                coefficients += taps.reversed().map { Float(phase[$0]) }
            }
        }
        return (coefficients, segments)
    }

    private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
        second == 0 ? first : greatestCommonDivisor(second, first % second)
    }
}
