// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// What longer windows say about a pair of tones.
struct DTMFMeasure: Sendable {
    /// The hop at which the pair began.
    var start: Int
    /// How far each tone is from its nominal frequency, as a fraction of it.
    var lowDeviation: Float
    var highDeviation: Float
    /// Squared amplitudes on the 16-bit scale.
    var lowPower: Float
    var highPower: Float
    /// The two tones' share of all energy, about 0…1.
    var share: Float

    /// The peak of a sine of this level, 16-bit scale: a full-scale one is +3.14 dBm0 (ITU-T G.711, µ-law).
    static func amplitude(dBm0 level: Double) -> Float { Float(32767 * pow(10, (level - 3.14) / 20)) }
}
