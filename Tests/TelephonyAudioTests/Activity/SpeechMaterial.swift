// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport

/// The kept prompts with pauses between them, through µ-law, with labels for each 20 ms.
struct SpeechMaterial {
    /// Samples without noise.
    var clean: [Double] = []
    /// Whether there is speech in each 20 ms: within 35 dB of the prompt's loudest 20 ms, gaps of under 200 ms closed.
    var labels: [Bool] = []
    private let power: Double

    init() throws {
        var random = RandomNumbers(seed: 21)
        func pause() -> Int { Int.random(in: 15..<60, using: &random) }
        var pauses = 50
        for name in Fixtures.prompts {
            clean += [Double](repeating: 0, count: pauses * 160)
            labels += [Bool](repeating: false, count: pauses)
            let prompt = try Fixtures.prompt(name)
            let speech = prompt.prefix(prompt.count / 160 * 160).map { Double($0) / 3 }
            clean += speech
            labels += Self.labels(speech)
            pauses = pause()
        }
        let active = labels.indices.filter { [labels] in labels[$0] }
        power =
            active.reduce(0.0) { [clean] in $0 + Self.power(clean[($1 * 160)..<($1 * 160 + 160)]) }
            / Double(active.count)
    }

    private static func power(_ frame: ArraySlice<Double>) -> Double { frame.reduce(0) { $0 + $1 * $1 } / 160 }

    private static func labels(_ speech: [Double]) -> [Bool] {
        let powers = (0..<speech.count / 160).map { power(speech[($0 * 160)..<($0 * 160 + 160)]) }
        let least = (powers.max() ?? 0) / pow(10, 3.5)
        var labels = powers.map { $0 > least }
        var last: Int?
        for index in labels.indices where labels[index] {
            if let last, index - last <= 10 { for gap in last..<index { labels[gap] = true } }
            last = index
        }
        return labels
    }

    /// White noise, or voices, this far below the speech.
    func noisy(_ decibels: Double, babble: Bool) -> [Int16] {
        var random = RandomNumbers(seed: 33)
        var noise = [Double](repeating: 0, count: clean.count)
        if babble {
            for shift in [31_013, 87_111, 140_777, 190_031, 230_003, 270_011] {
                // Turned round, so that no word meets itself.
                for index in noise.indices { noise[index] += clean[(clean.count - 1 - index + shift) % clean.count] }
            }
        } else {
            for index in noise.indices { noise[index] = DTMFSignal.gauss(&random) }
        }
        let present = noise.reduce(0) { $0 + $1 * $1 } / Double(noise.count)
        let scale = (power / present / pow(10, decibels / 10)).squareRoot()
        return telephone(zip(clean, noise).map { $0 + $1 * scale })
    }

    /// Without noise.
    var quiet: [Int16] { telephone(clean) }

    private func telephone(_ signal: [Double]) -> [Int16] {
        signal.map { G711.muLaw.decode(G711.muLaw.encode(Int16(min(max($0.rounded(), -32768), 32767)))) }
    }

    /// How a detector's verdicts compare with the labels.
    struct Score {
        /// Share of right frames.
        var accuracy: Double
        /// Frames from a label's beginning to the verdict's, nine of ten are at most this.
        var onset: Int
    }

    func score(_ verdicts: [Bool]) -> Score {
        let right = zip(verdicts, labels).count { $0 == $1 }
        var delays: [Int] = []
        for index in labels.indices.dropFirst() where labels[index] && !labels[index - 1] {
            var place = index
            while place < labels.count, labels[place], !verdicts[place] { place += 1 }
            delays.append(place - index)
        }
        delays.sort()
        return Score(accuracy: Double(right) / Double(labels.count), onset: delays[(delays.count * 9 - 1) / 10])
    }
}
