// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Sounds of a caller's, at 8 kHz: speech from the fixtures, and noises that are computed.
enum Sounds {
    /// A prompt of the fixtures.
    static func speech(_ name: String, from file: String = #filePath) throws -> [Int16] {
        let root = file.split(separator: "/").dropLast(4).joined(separator: "/")
        return try Prompt(contentsOfFile: "/\(root)/audio-fixtures/prompts/\(name)-8k.wav").audio.samples
    }

    /// A cough: noise that begins at once and dies away, with its peak at a level in dBFS.
    static func cough(milliseconds: Int, level: Double, seed: Int) -> [Int16] {
        var random = Seeded(seed)
        let height = 32_768 * pow(10, level / 20)
        var last = 0.0
        return (0..<milliseconds * 8).map { index in
            let part = Double(index) / Double(milliseconds * 8)
            last = 0.6 * last + 0.4 * Double.random(in: -1...1, using: &random)
            return Int16(2 * height * last * exp(-3 * part) * min(1, part * 30))
        }.map { max(-32_767, min(32_767, $0)) }
    }

    /// A word too short to be a turn: part of a fixture, faded at its ends.
    static func backChannel(_ speech: [Int16], from start: Int, milliseconds: Int) -> [Int16] {
        let count = milliseconds * 8
        return (0..<count).map { index in
            let edge = Double(min(index, count - 1 - index)) / 240
            return Int16(Double(speech[start + index]) * min(1, edge))
        }
    }

    /// Hold music: chords of four voices with two overtones each, a new one every half second.
    static func music(milliseconds: Int, level: Double) -> [Int16] {
        let chords: [[Double]] = [
            [262, 330, 392, 523], [220, 262, 330, 440], [175, 220, 262, 349], [196, 247, 294, 392],
        ]
        let height = 32_768 * pow(10, level / 20) / 6
        return (0..<milliseconds * 8).map { index in
            let time = Double(index) / 8_000
            let chord = chords[index / 4_000 % chords.count]
            let fade = exp(-2 * (time * 2 - (time * 2).rounded(.down)))
            let sum = chord.reduce(0.0) { sum, pitch in
                sum + sin(2 * .pi * pitch * time) + 0.5 * sin(4 * .pi * pitch * time) + 0.25
                    * sin(6 * .pi * pitch * time)
            }
            return Int16(max(-32_767, min(32_767, height * sum * fade)))
        }
    }

    /// The same sound louder or softer, in decibels.
    static func scaled(_ samples: [Int16], by decibels: Double) -> [Int16] {
        let factor = pow(10, decibels / 20)
        return samples.map { Int16(max(-32_767, min(32_767, Double($0) * factor))) }
    }
}
