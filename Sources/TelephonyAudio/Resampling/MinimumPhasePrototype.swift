// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The one low-pass filter all rate conversions are cut from: minimum phase, in time units of the slower side.
///
/// Goals: pass everything to 0.85 of the slower side's Nyquist frequency (3400 Hz for 8 kHz), stop everything from
/// that Nyquist frequency on by 85 dB, and add a third of a millisecond of delay instead of the four a
/// linear-phase filter of the same selectivity costs.
///
/// Method: a Kaiser-windowed sinc gives the magnitude; its real cepstrum, folded to positive time, gives the
/// minimum-phase response of that magnitude (Oppenheim and Schafer, homomorphic deconvolution). The magnitude is
/// floored at −140 dB first, because the logarithm of a stop-band zero has no bound; at −96 dB the floors of all
/// images would add up to a fault that 16 bits show. A sharper filter would cost group-delay spread.
///
/// The filter is computed once, at twelve times the slower rate, which holds every phase of the ratios among 8, 16,
/// 24 and 48 kHz exactly; 44.1 kHz reads between the points.
struct MinimumPhasePrototype: Sendable {
    /// The filter for every pair, made at first use.
    static let shared = MinimumPhasePrototype()

    /// Points per sample of the slower side.
    static let oversampling = 12
    /// Length in samples of the slower side.
    static let span = 79
    /// Middle of the transition band as a part of the slower side's Nyquist frequency: 3724 Hz for 8 kHz.
    private static let cutoff = 0.931
    private static let kaiserBeta = 0.1102 * (86 - 8.7)
    private static let floorInDecibels = -140.0

    /// The impulse response, `span · oversampling` points.
    let response: [Double]

    private init() {
        let length = Self.span * Self.oversampling
        let linear = Self.windowedSinc(length: length - 1)
        response = Array(Self.minimumPhase(of: linear, points: 16384).prefix(length))
    }

    /// The response at a point of the twelvefold grid that need not be whole, by Lagrange's polynomial through the
    /// eight nearest points; the response holds nothing above a twelfth of what the grid could carry, so that
    /// the error stays below −105 dB.
    func value(at position: Double) -> Double {
        let below = Int(position.rounded(.down))
        let fraction = position - Double(below)
        if fraction == 0 { return response.indices.contains(below) ? response[below] : 0 }
        var sum = 0.0
        for node in -3...4 where response.indices.contains(below + node) {
            var weight = 1.0
            for other in -3...4 where other != node {
                weight *= (fraction - Double(other)) / Double(node - other)
            }
            sum += weight * response[below + node]
        }
        return sum
    }

    private static func windowedSinc(length: Int) -> [Double] {
        let centre = Double(length - 1) / 2
        let normal = besselI0(kaiserBeta)
        let cyclesPerPoint = cutoff / 2 / Double(oversampling)
        var response = (0..<length).map { index in
            let time = Double(index) - centre
            let angle = 2 * Double.pi * cyclesPerPoint * time
            let sinc = angle == 0 ? 1 : sin(angle) / angle
            let edge = time / (centre + 0.5)
            return sinc * besselI0(kaiserBeta * (1 - edge * edge).squareRoot()) / normal
        }
        let sum = response.reduce(0, +)
        for index in response.indices { response[index] /= sum }
        return response
    }

    private static func minimumPhase(of linear: [Double], points: Int) -> [Double] {
        let transform = FourierTransform(count: points)
        var real = linear + [Double](repeating: 0, count: points - linear.count)
        var imaginary = [Double](repeating: 0, count: points)
        transform.forward(&real, &imaginary)
        let floor = pow(10, floorInDecibels / 20)
        for index in 0..<points {
            let magnitude = (real[index] * real[index] + imaginary[index] * imaginary[index]).squareRoot()
            real[index] = log(max(magnitude, floor))
            imaginary[index] = 0
        }
        // The logarithm is real and even, so the forward transform is the inverse one but for the scale.
        transform.forward(&real, &imaginary)
        for index in 0..<points {
            let fold = index == 0 || index == points / 2 ? 1.0 : index < points / 2 ? 2.0 : 0.0
            real[index] *= fold / Double(points)
            imaginary[index] = 0
        }
        transform.forward(&real, &imaginary)
        for index in 0..<points {
            let magnitude = exp(real[index])
            // Conjugated, so that the forward transform below inverts it.
            real[index] = magnitude * cos(imaginary[index])
            imaginary[index] = -magnitude * sin(imaginary[index])
        }
        transform.forward(&real, &imaginary)
        return real.map { $0 / Double(points) }
    }

    /// The modified Bessel function of order zero, by its power series.
    private static func besselI0(_ argument: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var order = 1.0
        while term > sum * 1e-17 {
            let factor = argument / (2 * order)
            term *= factor * factor
            sum += term
            order += 1
        }
        return sum
    }
}
