// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio

/// Inputs of the benchmarks, the same on every run.
enum Sounds {
    /// Noise below full scale: no table stays in one cache line, and nothing saturates.
    static func noise(samples: Int) -> [Int16] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<samples).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int16(truncatingIfNeeded: state >> 48) / 2
        }
    }

    /// The digit 5 at 8 kHz, whose end meets its beginning nearly enough.
    static func digit(samples count: Int) -> [Int16] {
        var generator = ToneGenerator(low: (770, -12), high: (1336, -10), rate: 8000)
        return (0..<count).map { _ in generator.next() }
    }

    /// Noise as bytes.
    static func bytes(count: Int) -> [UInt8] { noise(samples: count).map { UInt8(truncatingIfNeeded: $0) } }
}
