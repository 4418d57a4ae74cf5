// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Makes the noise that a comfort noise packet describes, so that a silent line does not sound dead (RFC 3389).
///
/// Random numbers with a period of 2^64 pass through the all-pole lattice of the reflection coefficients; the level
/// is right whatever the coefficients are. Changes of the description take effect within 10 ms without a step in
/// level. Nothing is allocated after `init` and `describe`.
package struct ComfortNoiseGenerator: Sendable {
    private var random: UInt64
    private var reflection: [Float]
    private var state: [Float]
    private var gain: Float
    private var targetGain: Float
    /// Share of the way to the target per sample.
    private let approach: Float

    /// A generator for one stream.
    ///
    /// - Parameters:
    ///   - descriptor: what to make.
    ///   - seed: streams with different seeds are not alike.
    ///   - rate: hertz, for the speed of changes.
    package init(_ descriptor: ComfortNoiseDescriptor, seed: UInt64, rate: Int = 8000) {
        random = seed
        reflection = descriptor.reflection
        state = [Float](repeating: 0, count: ComfortNoiseDescriptor.maximumOrder + 1)
        targetGain = Self.gain(descriptor)
        gain = targetGain
        approach = 1 - exp(-1 / (0.002 * Float(rate)))
    }

    /// Goes over to another description.
    package mutating func describe(_ descriptor: ComfortNoiseDescriptor) {
        if reflection.count != descriptor.reflection.count { for index in state.indices { state[index] = 0 } }
        reflection = descriptor.reflection
        targetGain = Self.gain(descriptor)
    }

    /// Fills the span with noise, rounded and saturated.
    package mutating func render(into samples: inout MutableSpan<Int16>) {
        for index in samples.indices {
            gain += (targetGain - gain) * approach
            samples[index] = Int16(min(max(filtered(gauss() * gain), -32768), 32767).rounded())
        }
    }

    /// The all-pole lattice: `state[k]` is the backward prediction error of order k, one sample ago.
    private mutating func filtered(_ input: Float) -> Float {
        var forward = input
        var order = reflection.count
        while order > 0 {
            forward -= reflection[order - 1] * state[order - 1]
            state[order] = state[order - 1] + reflection[order - 1] * forward
            order -= 1
        }
        state[0] = forward
        return forward
    }

    /// Nearly normal with variance one: the sum of four uniform numbers of one draw.
    private mutating func gauss() -> Float {
        random &+= 0x9E37_79B9_7F4A_7C15
        var mixed = random
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        let lanes = SIMD4<UInt16>(truncatingIfNeeded: SIMD4(mixed, mixed >> 16, mixed >> 32, mixed >> 48))
        let sum = SIMD4<Float>(lanes).sum() - 2 * 65535
        // Each has the variance 65536² / 12, the sum of four a third of 65536².
        return sum * (1.732_050_8 / 65536)
    }

    /// The lattice raises white noise by 1 / ∏(1 − k²).
    private static func gain(_ descriptor: ComfortNoiseDescriptor) -> Float {
        let level = 32768 * pow(10, -Float(descriptor.level) / 20)
        return descriptor.reflection.reduce(level) { $0 * (1 - $1 * $1).squareRoot() }
    }
}
