// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport

/// Drives resamplers for the tests and judges what comes out by its spectrum.
enum ResamplerBench {
    /// Length of the judged stretch; its bins are 5 Hz apart.
    static let seconds = 0.2
    /// What is left away in front, for the filter to settle.
    static let settling = 0.04

    /// Converts a whole signal in chunks of the given sizes, used in turn, and flushes.
    static func convert(_ input: [Int16], _ resampler: inout Resampler, chunks: [Int]) -> [Int16] {
        var result: [Int16] = []
        var buffer = [Int16](repeating: 0, count: resampler.maximumOutput(for: max(chunks.max() ?? 1, 1)) + 1)
        var start = 0
        var turn = 0
        while start < input.count {
            let end = min(start + chunks[turn % chunks.count], input.count)
            turn += 1
            var span = buffer.mutableSpan
            let progress = resampler.process(input.span.extracting(start..<end), into: &span)
            result += buffer.prefix(progress.produced)
            start += progress.consumed
        }
        var span = buffer.mutableSpan
        let tail = resampler.flush(into: &span)
        return result + buffer.prefix(tail)
    }

    /// Converts in 20 ms chunks.
    static func convert(_ input: [Int16], from source: SampleRate, to target: SampleRate) -> [Int16] {
        var resampler = Resampler(from: source, to: target)
        return convert(input, &resampler, chunks: [source.samplesPer20Milliseconds])
    }

    /// Plays tones through a converter and returns the settled stretch of the output.
    static func spectrum(of tones: [Tone], from source: SampleRate, to target: SampleRate) -> Spectrum {
        let count = Int((seconds + settling) * Double(source.rawValue))
        let output = convert(Tone.samples(of: tones, rate: source.rawValue, count: count), from: source, to: target)
        let settled = Int(settling * Double(target.rawValue))
        return Spectrum(output[settled...].map { Double($0) }, rate: target.rawValue)
    }

    /// The frequencies at which a tone of the source shows up besides its own: images above, aliases below.
    static func ghosts(of frequency: Double, from source: SampleRate, to target: SampleRate) -> [Double] {
        let nyquist = Double(target.rawValue) / 2
        // Sampling repeats the tone around all multiples of the source's rate; the new rate folds them.
        var found: Set<Double> = []
        let multiples = target.rawValue > source.rawValue ? target.rawValue / source.rawValue + 1 : 0
        for multiple in 0...multiples {
            for sign in [-1.0, 1.0] {
                let image = abs(Double(multiple * source.rawValue) + sign * frequency)
                if target.rawValue > source.rawValue && image > nyquist { continue }
                let folded = image.truncatingRemainder(dividingBy: 2 * nyquist)
                found.insert(folded > nyquist ? 2 * nyquist - folded : folded)
            }
        }
        return found.filter { abs($0 - frequency) > 1 }.sorted()
    }

    /// Frequencies on the 5 Hz grid from `low` to `high`, about `count` of them, none of which shares a bin with
    /// another or with another's ghosts.
    static func distinct(
        _ low: Double,
        _ high: Double,
        _ count: Int,
        from source: SampleRate,
        to target: SampleRate
    ) -> [Double] {
        var taken: Set<Int> = []
        var chosen: [Double] = []
        for index in 0..<count {
            let wish = low + (high - low) * Double(index) / Double(count - 1)
            // The nearest free bin at or inside the wished place.
            for shift in 0..<12 {
                let frequency = ((wish / 5).rounded(index == 0 ? .up : .down) + Double(index == 0 ? shift : -shift)) * 5
                let all = [frequency] + ghosts(of: frequency, from: source, to: target)
                let bins = all.map { Int(($0 / 5).rounded()) }
                if frequency < low || bins.contains(where: { taken.contains($0) || $0 == 0 }) { continue }
                taken.formUnion(bins)
                chosen.append(frequency)
                break
            }
        }
        return chosen
    }

    static func decibels(_ ratio: Double) -> Double { 20 * log10(max(ratio, 1e-9)) }
}
