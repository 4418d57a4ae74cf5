// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport

/// Sounds of a telephone line at 8 kHz, put together piece by piece.
struct LineSound {
    var samples: [Double] = []

    static func + (left: LineSound, right: LineSound) -> LineSound {
        LineSound(samples: left.samples + right.samples)
    }

    static func silence(_ milliseconds: Int) -> LineSound {
        LineSound(samples: [Double](repeating: 0, count: milliseconds * 8))
    }

    /// Sines at once, each with this peak in dBFS.
    static func tone(_ frequencies: [Double], _ milliseconds: Int, level: Double = -15) -> LineSound {
        LineSound(
            samples: (0..<milliseconds * 8).map { index in
                frequencies.reduce(0) {
                    $0 + 32767 * pow(10, level / 20) * sin(2 * .pi * $1 * Double(index) / 8000 + $1)
                }
            }
        )
    }

    /// A tone whose frequency goes up and down by a share of it, five times a second.
    static func vibrato(_ frequency: Double, by share: Double, _ milliseconds: Int) -> LineSound {
        var phase = 0.0
        return LineSound(
            samples: (0..<milliseconds * 8).map { index in
                phase += frequency * (1 + share * sin(2 * .pi * 5 * Double(index) / 8000)) / 8000
                return 6000 * sin(2 * .pi * phase)
            }
        )
    }

    /// A kept prompt from its first sound, or the beginning of that.
    static func speech(_ prompt: String, _ milliseconds: Int? = nil) throws -> LineSound {
        let all = try Fixtures.prompt(prompt).drop { abs(Int($0)) < 1000 }.map { Double($0) / 3 }
        return LineSound(samples: milliseconds.map { Array(all.prefix($0 * 8)) } ?? all)
    }

    /// Through µ-law, with white noise of this RMS on the 16-bit scale.
    func heard(noise: Double = 4) -> [Int16] {
        var random = RandomNumbers(seed: 77)
        return samples.map {
            let value = $0 + noise * DTMFSignal.gauss(&random)
            return G711.muLaw.decode(G711.muLaw.encode(Int16(min(max(value, -32768), 32767))))
        }
    }
}
