// SPDX-License-Identifier: Apache-2.0
import Glibc

/// DTMF as a telephone, a test set or a bad line would send it, computed in double precision from ITU-T Q.23's table,
/// independently of the generator and the detector under test.
package struct DTMFSignal: Sendable {
    /// All sixteen digits.
    package static let allDigits = "1234567890*#ABCD"
    private static let rows: [(low: Double, names: String)] = [
        (697, "123A"), (770, "456B"), (852, "789C"), (941, "*0#D"),
    ]
    private static let columns = [1209.0, 1336, 1477, 1633]

    /// Milliseconds of tone, and of silence behind it.
    package var tone = 50.0
    package var pause = 50.0
    /// Levels in dBm0; a full-scale sine is +3.14.
    package var low = -8.0
    package var high = -8.0
    /// How far the frequencies are off, in per cent.
    package var lowOffset = 0.0
    package var highOffset = 0.0
    /// A silent stretch inside the tone: its beginning and length in milliseconds.
    package var interruption: (start: Double, length: Double) = (0, 0)
    /// White noise this far below the two tones' power, everywhere; none when nil.
    package var signalToNoise: Double?
    /// Hertz.
    package var rate = 8000

    package init() {}

    /// What was rendered.
    package struct Rendering: Sendable {
        /// The samples.
        package var samples: [Int16]
        /// Where each digit's tone begins.
        package var starts: [Int]
    }

    /// Renders digits with 50 ms of silence before them and 100 ms behind, their phases and places in the millisecond
    /// random.
    package func render(_ digits: String, seed: UInt64 = 1) -> Rendering {
        var random = RandomNumbers(seed: seed)
        var signal = [Double](repeating: 0, count: rate / 20)
        var starts: [Int] = []
        for digit in digits {
            starts.append(signal.count)
            signal += sound(digit, &random)
            let jitter = Int.random(in: 0..<rate / 1000, using: &random)
            signal += [Double](repeating: 0, count: samples(pause) + jitter)
        }
        signal += [Double](repeating: 0, count: rate / 10)
        if let signalToNoise {
            let power = (Self.square(low) + Self.square(high)) / 2 * pow(10, -signalToNoise / 10)
            for index in signal.indices { signal[index] += power.squareRoot() * Self.gauss(&random) }
        }
        let rounded = signal.map { Int16(min(max($0.rounded(), -32768), 32767)) }
        return Rendering(samples: rounded, starts: starts)
    }

    /// A normally distributed number with variance one.
    package static func gauss(_ random: inout RandomNumbers) -> Double {
        let radius = (-2 * log(Double.random(in: 1e-12..<1, using: &random))).squareRoot()
        return radius * cos(2 * Double.pi * Double.random(in: 0..<1, using: &random))
    }

    private func samples(_ milliseconds: Double) -> Int { Int((milliseconds * Double(rate) / 1000).rounded()) }

    private static func square(_ level: Double) -> Double {
        let amplitude = 32767 * pow(10, (level - 3.14) / 20)
        return amplitude * amplitude
    }

    private func sound(_ digit: Character, _ random: inout RandomNumbers) -> [Double] {
        guard let row = Self.rows.first(where: { $0.names.contains(digit) }), let at = row.names.firstIndex(of: digit)
        else { return [] }
        let column = Self.columns[row.names.distance(from: row.names.startIndex, to: at)]
        let tones = [
            Tone(
                frequency: row.low * (1 + lowOffset / 100),
                amplitude: Self.square(low).squareRoot(),
                phase: Double.random(in: 0..<6.28, using: &random)
            ),
            Tone(
                frequency: column * (1 + highOffset / 100),
                amplitude: Self.square(high).squareRoot(),
                phase: Double.random(in: 0..<6.28, using: &random)
            ),
        ]
        var sound = Tone.sum(of: tones, rate: rate, count: samples(tone))
        let hole = samples(interruption.start)..<samples(interruption.start + interruption.length)
        for index in hole where index < sound.count { sound[index] = 0 }
        return sound
    }
}
