// SPDX-License-Identifier: Apache-2.0
internal import CAudioKernels

/// The power of 8 kHz audio in six bands from 94 to 3500 Hz, by a windowed Fourier transform of 32 ms.
///
/// White noise of variance v has power v in each band (16-bit scale). Lanes 6 and 7 are zero.
struct BandPowers: Sendable {
    /// Samples of the window.
    static let window = Int(audio_kernels_spectrum_window)
    /// Number of bands.
    static let count = 6
    /// First bin of each band and the end of the last; 31.25 Hz apart.
    private static let edges = [3, 8, 16, 32, 64, 96, 112]

    private let hop: Int
    private let usesKernel: Bool
    private static let kernelIsAvailable = audio_kernels_available() != 0
    /// The samples of the window that have come, oldest first.
    private var recent = [Int16](repeating: 0, count: window)
    private var filled: Int

    /// - Parameters:
    ///   - step: samples from one window to the next.
    ///   - plainly: leaves the vector kernel aside, which gives the same bits.
    init(step: Int, plainly: Bool = false) {
        hop = step
        usesKernel = Self.kernelIsAvailable && !plainly
        filled = Self.window - step
    }

    /// Whether a window is complete, which `measure` then is to measure.
    var isComplete: Bool { filled == Self.window }

    /// Takes the next samples of the stream, at most so many as complete a window; returns how many.
    mutating func take(_ samples: Span<Int16>) -> Int {
        let count = min(samples.count, Self.window - filled)
        recent.overwrite(from: filled, copying: samples.extracting(0..<count))
        filled += count
        return count
    }

    /// The powers of the window, which then moves on.
    mutating func measure() -> SIMD8<Float> {
        var spectrum = InlineArray<128, Float>(repeating: 0)
        var bins = spectrum.mutableSpan
        // Neither pointer is kept.
        unsafe recent.withUnsafeBufferPointer { samples in
            unsafe bins.withUnsafeMutableBufferPointer { powers in
                guard let samples = samples.baseAddress, let powers = powers.baseAddress else { return }
                if usesKernel {
                    unsafe audio_kernels_power_spectrum(samples, powers)
                } else {
                    unsafe audio_kernels_power_spectrum_plainly(samples, powers)
                }
            }
        }
        filled = Self.window - hop
        recent.moveToFront(filled, from: hop)
        var powers = SIMD8<Float>()
        for band in 0..<Self.count {
            var sum: Float = 0
            for bin in Self.edges[band]..<Self.edges[band + 1] { sum += spectrum[bin] }
            powers[band] = sum / Float(Self.edges[band + 1] - Self.edges[band])
        }
        return powers
    }
}
