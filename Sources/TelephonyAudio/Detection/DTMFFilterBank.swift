// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The eight DTMF frequencies of an 8 kHz stream, shifted down to 0 Hz and summed over hops of 1 ms.
///
/// Any window that is constant within a hop can afterwards be laid over the sums, at any place and of any length, for
/// the price of one complex product per hop: a short one to see when a tone is there, a long one to measure it. Lanes
/// 0–3 are the low group, 4–7 the high group, by rising frequency.
struct DTMFFilterBank: Sendable {
    /// Samples of a hop: 1 ms.
    static let hopSamples = 8
    /// Hops that are remembered; a power of two.
    static let memory = 64
    /// Hops of the short window.
    static let shortWindow = 12
    /// Hertz, by lane.
    static let frequencies: [Double] = [697, 770, 852, 941, 1209, 1336, 1477, 1633]

    /// What an unfinished hop has summed up.
    private struct Sums: Sendable {
        var real = SIMD8<Float>()
        var imaginary = SIMD8<Float>()
        var energy: Float = 0
    }

    private let cosines: InlineArray<8, SIMD8<Float>>
    private let sines: InlineArray<8, SIMD8<Float>>
    private let hopCosine: SIMD8<Float>
    private let hopSine: SIMD8<Float>
    private let shortWeights: InlineArray<12, Float>
    private var phaseCosine = SIMD8<Float>(repeating: 1)
    private var phaseSine = SIMD8<Float>()
    private var sums = Sums()
    /// Samples of the unfinished hop.
    private var place = 0

    /// Sums of the last hops, at `number & (memory − 1)`.
    private(set) var real = [SIMD8<Float>](repeating: .init(), count: memory)
    private(set) var imaginary = [SIMD8<Float>](repeating: .init(), count: memory)
    /// Sums of the squares of the last hops' samples.
    private(set) var energy = [Float](repeating: 0, count: memory)
    /// Squared amplitude (16-bit scale) of each tone in the short window that ends with the hop.
    private(set) var powers = [SIMD8<Float>](repeating: .init(), count: memory)
    /// Whole hops since the beginning.
    private(set) var hops = 0

    init() {
        let steps = Self.frequencies.map { 2 * Double.pi * $0 / 8000 }
        func lanes(_ value: (Double) -> Double) -> SIMD8<Float> {
            var lanes = SIMD8<Float>()
            for lane in 0..<8 { lanes[lane] = Float(value(steps[lane])) }
            return lanes
        }
        cosines = InlineArray { sample in lanes { cos($0 * Double(sample)) } }
        sines = InlineArray { sample in lanes { -sin($0 * Double(sample)) } }
        hopCosine = lanes { cos($0 * Double(Self.hopSamples)) }
        hopSine = lanes { -sin($0 * Double(Self.hopSamples)) }
        shortWeights = InlineArray { Self.weight($0, of: Self.shortWindow) }
    }

    /// Hann's window, by hop.
    static func weight(_ hop: Int, of count: Int) -> Float {
        let root = sin(Double.pi * (Double(hop) + 0.5) / Double(count))
        return Float(root * root)
    }

    /// Takes samples up to the end of a hop and returns how many; `isHopComplete` is then true when it was reached.
    @inline(__always)
    mutating func take(_ samples: Span<Int16>, from start: Int, isHopComplete: inout Bool) -> Int {
        let count = min(Self.hopSamples - place, samples.count - start)
        var sums = sums
        for index in 0..<count {
            let sample = Float(samples[start + index])
            sums.real += sample * cosines[place + index]
            sums.imaginary += sample * sines[place + index]
            sums.energy += sample * sample
        }
        self.sums = sums
        place += count
        isHopComplete = place == Self.hopSamples
        if isHopComplete { finishHop() }
        return count
    }

    private mutating func finishHop() {
        let slot = hops & (Self.memory - 1)
        real[slot] = sums.real * phaseCosine - sums.imaginary * phaseSine
        imaginary[slot] = sums.real * phaseSine + sums.imaginary * phaseCosine
        energy[slot] = sums.energy
        powers[slot] = shortPowers()
        hops += 1
        (sums, place) = (Sums(), 0)
        let cosine = phaseCosine * hopCosine - phaseSine * hopSine
        let sine = phaseCosine * hopSine + phaseSine * hopCosine
        // One step of Newton's keeps the rotation's length at 1 for ever.
        let length = 1.5 - 0.5 * (cosine * cosine + sine * sine)
        (phaseCosine, phaseSine) = (cosine * length, sine * length)
    }

    private func shortPowers() -> SIMD8<Float> {
        var (sumReal, sumImaginary) = (SIMD8<Float>(), SIMD8<Float>())
        let (real, imaginary) = (real.span, imaginary.span)
        for hop in 0..<Self.shortWindow {
            let slot = (hops &+ 1 &- Self.shortWindow &+ hop) & (Self.memory - 1)
            sumReal += shortWeights[hop] * real[slot]
            sumImaginary += shortWeights[hop] * imaginary[slot]
        }
        // A sine of amplitude a sums to a/2 for each weighted sample, and Hann's weights to half their number.
        let scale = 4 / Float(Self.shortWindow * Self.hopSamples)
        return (sumReal * sumReal + sumImaginary * sumImaginary) * (scale * scale)
    }
}
