// SPDX-License-Identifier: Apache-2.0

/// What one window of sound has of one tone.
package struct ToneMeasure: Sendable, Equatable {
    /// The tone's peak.
    package var amplitude: Float
    /// The tone's phase at the window's first sample, in turns, −0.5 … 0.5.
    package var phase: Float
    /// The part of the window's energy that the tone explains, 0 … about 1.
    package var share: Float
    /// The root of the window's mean square.
    package var level: Float
}

/// Measures one tone in windows of sound: one bin of a Fourier transform under a Hann window.
package struct ToneMeter: Sendable {
    private let cosines: [Float]
    private let sines: [Float]
    private let weights: [Float]
    private let sumOfWeights: Float
    private let sumOfSquares: Float

    /// A meter.
    ///
    /// - Parameters:
    ///   - frequency: In hertz.
    ///   - sampleRate: In hertz.
    ///   - window: Samples in a window; three periods of the tone and more for phases good to a hundredth of a turn.
    package init(frequency: Int, sampleRate: Int, window: Int) {
        let hann = (0..<window).map { 0.5 - 0.5 * cosine((Double($0) + 0.5) / Double(window)) }
        let turns = (0..<window).map { Double(frequency * $0 % sampleRate) / Double(sampleRate) }
        cosines = zip(hann, turns).map { Float($0 * cosine($1)) }
        sines = zip(hann, turns).map { Float($0 * -sine($1)) }
        weights = hann.map { Float($0 * $0) }
        sumOfWeights = Float(hann.reduce(0, +))
        sumOfSquares = Float(hann.reduce(0) { $0 + $1 * $1 })
    }

    /// The tone in one window.
    package func measure(_ samples: Span<Float>) -> ToneMeasure {
        precondition(samples.count == weights.count)
        // Two of each sum, so that one addition need not wait for the one before.
        var (real, imaginary, energy) = (SIMD2<Float>(), SIMD2<Float>(), SIMD2<Float>())
        var index = 0
        while index + 1 < samples.count {
            let pair = SIMD2(samples[index], samples[index + 1])
            real += pair * SIMD2(cosines[index], cosines[index + 1])
            imaginary += pair * SIMD2(sines[index], sines[index + 1])
            energy += pair * pair * SIMD2(weights[index], weights[index + 1])
            index += 2
        }
        let (x, y, total) = (real.sum(), imaginary.sum(), energy.sum())
        let amplitude = 2 * (x * x + y * y).squareRoot() / sumOfWeights
        let explained = amplitude * amplitude / 2 * sumOfSquares
        return ToneMeasure(
            amplitude: amplitude,
            phase: angle(x, y),
            share: total > 0 ? explained / total : 0,
            level: (total / sumOfSquares).squareRoot()
        )
    }
}
