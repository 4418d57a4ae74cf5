// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// An in-place radix-2 discrete Fourier transform in double precision, for building tables; not for the media path.
struct FourierTransform {
    /// Number of points, a power of two.
    let count: Int
    private let cosines: [Double]
    private let sines: [Double]

    /// Prepares the twiddle factors of `count` points, which must be a power of two.
    init(count: Int) {
        precondition(count > 0 && count & (count - 1) == 0, "\(count) points are not a power of two")
        self.count = count
        let step = 2 * Double.pi / Double(count)
        cosines = (0..<count / 2).map { cos(step * Double($0)) }
        sines = (0..<count / 2).map { sin(step * Double($0)) }
    }

    /// Replaces the complex values by their transform, Σ x[n]·e^(−2πi·kn/count), unscaled.
    func forward(_ real: inout [Double], _ imaginary: inout [Double]) {
        precondition(real.count == count && imaginary.count == count)
        reorder(&real, &imaginary)
        var half = 1
        while half < count {
            let stride = count / (2 * half)
            for offset in 0..<half {
                let cosine = cosines[offset * stride]
                let sine = sines[offset * stride]
                var upper = offset
                while upper < count {
                    let lower = upper + half
                    let productReal = real[lower] * cosine + imaginary[lower] * sine
                    let productImaginary = imaginary[lower] * cosine - real[lower] * sine
                    real[lower] = real[upper] - productReal
                    imaginary[lower] = imaginary[upper] - productImaginary
                    real[upper] += productReal
                    imaginary[upper] += productImaginary
                    upper += 2 * half
                }
            }
            half *= 2
        }
    }

    private func reorder(_ real: inout [Double], _ imaginary: inout [Double]) {
        var reversed = 0
        for index in 1..<max(count, 1) {
            var bit = count >> 1
            while reversed & bit != 0 {
                reversed ^= bit
                bit >>= 1
            }
            reversed |= bit
            if index < reversed {
                real.swapAt(index, reversed)
                imaginary.swapAt(index, reversed)
            }
        }
    }
}
