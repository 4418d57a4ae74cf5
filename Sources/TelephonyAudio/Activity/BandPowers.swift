// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The power of 8 kHz audio in six bands from 94 to 3500 Hz, by a windowed Fourier transform of 32 ms.
///
/// White noise of variance v has power v in each band (16-bit scale). Lanes 6 and 7 are zero.
struct BandPowers: Sendable {
    /// Samples of the window.
    static let window = 256
    /// Number of bands.
    static let count = 6
    /// First bin of each band and the end of the last; 31.25 Hz apart.
    private static let edges = [3, 8, 16, 32, 64, 96, 112]
    private static let half = window / 2

    private let hop: Int
    private let weights: [Float]
    /// e^(−2πik/256), k below 128.
    private let cosines: [Float]
    private let sines: [Float]
    /// Bit-reversed places of 128.
    private let places: [Int]
    /// The samples of the window that have come, oldest first.
    private var recent = [Int16](repeating: 0, count: window)
    private var filled: Int
    private var real = [Float](repeating: 0, count: half)
    private var imaginary = [Float](repeating: 0, count: half)

    /// - Parameter step: samples from one window to the next.
    init(step: Int) {
        hop = step
        filled = Self.window - step
        let turn = 2 * Double.pi / Double(Self.window)
        let hann = (0..<Self.window).map { 0.5 - 0.5 * cos(turn * Double($0)) }
        let norm = hann.reduce(0) { $0 + $1 * $1 }.squareRoot()
        weights = hann.map { Float($0 / norm) }
        cosines = (0..<Self.half).map { Float(cos(turn * Double($0))) }
        sines = (0..<Self.half).map { Float(-sin(turn * Double($0))) }
        places = (0..<Self.half).map { index in
            (0..<7).reduce(0) { $0 | (index >> $1 & 1) << (6 - $1) }
        }
    }

    /// Takes the next sample of the stream; true when it completes a window, which `measure` then is to measure.
    @inline(__always)
    mutating func take(_ sample: Int16) -> Bool {
        recent[filled] = sample
        filled += 1
        return filled == Self.window
    }

    /// The powers of the window, which then moves on.
    mutating func measure() -> SIMD8<Float> {
        // Even samples are the real parts and odd ones the imaginary parts of half as many complex numbers.
        for index in 0..<Self.half {
            let place = places[index]
            real[place] = Float(recent[2 * index]) * weights[2 * index]
            imaginary[place] = Float(recent[2 * index + 1]) * weights[2 * index + 1]
        }
        filled = Self.window - hop
        for index in 0..<filled { recent[index] = recent[index + hop] }
        transform()
        var powers = SIMD8<Float>()
        for band in 0..<Self.count {
            var sum: Float = 0
            for bin in Self.edges[band]..<Self.edges[band + 1] { sum += power(bin) }
            powers[band] = sum / Float(Self.edges[band + 1] - Self.edges[band])
        }
        return powers
    }

    private mutating func transform() {
        var span = 1
        while span < Self.half {
            let stride = Self.half / span
            for offset in 0..<span {
                // A root of order 2 · span, out of the table of order 256.
                let (cosine, sine) = (cosines[offset * stride], sines[offset * stride])
                var low = offset
                while low < Self.half {
                    let high = low + span
                    let (highReal, highImaginary) = (real[high], imaginary[high])
                    let turnedReal = highReal * cosine - highImaginary * sine
                    let turnedImaginary = highReal * sine + highImaginary * cosine
                    real[high] = real[low] - turnedReal
                    imaginary[high] = imaginary[low] - turnedImaginary
                    real[low] += turnedReal
                    imaginary[low] += turnedImaginary
                    low += 2 * span
                }
            }
            span *= 2
        }
    }

    /// The squared magnitude of a bin of the real signal, 0 < bin < 128.
    private func power(_ bin: Int) -> Float {
        let mirror = Self.half - bin
        let evenReal = 0.5 * (real[bin] + real[mirror])
        let evenImaginary = 0.5 * (imaginary[bin] - imaginary[mirror])
        let oddReal = 0.5 * (imaginary[bin] + imaginary[mirror])
        let oddImaginary = -0.5 * (real[bin] - real[mirror])
        let sumReal = evenReal + oddReal * cosines[bin] - oddImaginary * sines[bin]
        let sumImaginary = evenImaginary + oddReal * sines[bin] + oddImaginary * cosines[bin]
        return sumReal * sumReal + sumImaginary * sumImaginary
    }
}
