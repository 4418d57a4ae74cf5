// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

extension ResamplerTable {
    /// The impulse response of each phase in input samples, latest input first, each normalised to a sum of one.
    static func phases(from source: SampleRate, to target: SampleRate, interpolation: Int) -> [[Double]] {
        let slower = min(source.rawValue, target.rawValue)
        let prototype = MinimumPhasePrototype.shared
        let grid = MinimumPhasePrototype.oversampling
        // One input sample is `slower / source` of a sample of the slower side.
        let length = (MinimumPhasePrototype.span * source.rawValue + slower - 1) / slower
        let denominator = interpolation * source.rawValue
        return (0..<interpolation).map { phase in
            let taps = (0..<length).map { tap in
                let numerator = (phase + tap * interpolation) * grid * slower
                let whole = numerator / denominator
                let rest = numerator % denominator
                return prototype.value(at: Double(whole) + Double(rest) / Double(denominator))
            }
            let sum = taps.reduce(0, +)
            return taps.map { $0 / sum }
        }
    }

    /// The group delay at an eighth of 8 kHz of the slower side (1 kHz for telephony), in input samples.
    ///
    /// It is Re(Σ t·h(t)·e^(−iωt) / Σ h(t)·e^(−iωt)), taken over all phases.
    static func delay(of phases: [[Double]]) -> Double {
        let slowerPerTap = Double(MinimumPhasePrototype.span) / Double(phases[0].count)
        let omega = 2 * Double.pi / 8 * min(1, slowerPerTap)
        var weighted = (real: 0.0, imaginary: 0.0)
        var plain = (real: 0.0, imaginary: 0.0)
        for (phase, taps) in phases.enumerated() {
            for (tap, coefficient) in taps.enumerated() {
                let time = Double(tap) + Double(phase) / Double(phases.count)
                let (real, imaginary) = (coefficient * cos(omega * time), -coefficient * sin(omega * time))
                plain = (plain.real + real, plain.imaginary + imaginary)
                weighted = (weighted.real + time * real, weighted.imaginary + time * imaginary)
            }
        }
        let power = plain.real * plain.real + plain.imaginary * plain.imaginary
        return (weighted.real * plain.real + weighted.imaginary * plain.imaginary) / power
    }
}
