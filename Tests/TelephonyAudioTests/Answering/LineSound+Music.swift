// SPDX-License-Identifier: Apache-2.0
import Glibc
import TestSupport

extension LineSound {
    /// How a note sounds.
    enum Instrument: CaseIterable {
        /// Harmonics that die away, with pauses between the notes.
        case plucked
        /// Held notes with five harmonics, one right behind the other.
        case organ
        /// Three notes at once, nearly sines.
        case chords
        /// Nearly a sine with vibrato, detached.
        case flute
        /// A bass, chords and a melody at once.
        case band
    }

    /// Music from a seed, on the notes of a major scale.
    static func music(_ instrument: Instrument, seconds: Int, seed: UInt64) -> LineSound {
        var random = RandomNumbers(seed: seed)
        var sound = LineSound(samples: [Double](repeating: 0, count: seconds * 8000))
        let base = Double.random(in: 110...220, using: &random)
        let beat = Int.random(in: 1200...2600, using: &random)
        for start in stride(from: 0, to: seconds * 8000, by: beat) {
            let step = Int.random(in: 0..<15, using: &random)
            switch instrument {
            case .plucked: sound.add(pitch(step, base), start, beat * 3 / 4, [1, 0.6, 0.3, 0.2], decay: 6)
            case .organ: sound.add(pitch(step, base), start, beat, [1, 0.7, 0.5, 0.4, 0.3])
            case .chords: for third in [0, 2, 4] { sound.add(pitch(step + third, base), start, beat, [1, 0.05]) }
            case .flute: sound.add(pitch(step, 2 * base), start, beat * 3 / 4, [1, 0.2, 0.05], vibrato: 0.02)
            case .band:
                sound.add(pitch(step % 5, base / 2), start, beat, [1, 0.5, 0.2], decay: 2)
                for third in [0, 2, 4] { sound.add(pitch(step % 7 + third, base), start, beat, [0.4, 0.2, 0.1]) }
                sound.add(pitch(step, 2 * base), start, beat * 3 / 4, [1, 0.4, 0.1], vibrato: 0.01)
            }
        }
        return sound
    }

    private static func pitch(_ step: Int, _ base: Double) -> Double {
        base * pow(2, Double(step / 7) + [0, 2, 4, 5, 7, 9, 11][step % 7] / 12)
    }

    private mutating func add(
        _ frequency: Double,
        _ start: Int,
        _ count: Int,
        _ harmonics: [Double],
        decay: Double = 0,
        vibrato: Double = 0
    ) {
        var phase = 0.0
        for offset in 0..<min(count, samples.count - start) {
            let time = Double(offset) / 8000
            let bend: Double = 1 + vibrato * sin(2 * .pi * 5.5 * time)
            phase += 2 * .pi * frequency * bend / 8000
            // Up in 10 ms, down in 20.
            let edge: Double = min(1, Double(offset) / 80, Double(count - offset) / 160)
            var value = 0.0
            for (index, share) in harmonics.enumerated() where frequency * Double(index + 1) < 3400 {
                value += share * sin(Double(index + 1) * phase)
            }
            let level: Double = 2500 * edge * exp(-decay * time)
            samples[start + offset] += level * value
        }
    }
}
