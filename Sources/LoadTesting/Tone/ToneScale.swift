// SPDX-License-Identifier: Apache-2.0

/// The tones that calls are given, one each, so that a call that hears another's sound is found out.
///
/// A tone is a whole number of hertz, so that it repeats each second, and no multiple of 2 or 5: then the phase at the
/// beginning of a frame tells which frame of the second it is, for frames of 10, 20, 40, 50 or 100 ms.
package enum ToneScale {
    /// All tones in hertz, lowest first: 1,240 inside the telephone band.
    package static let frequencies = (301..<3_400).filter { !$0.isMultiple(of: 2) && !$0.isMultiple(of: 5) }

    /// The peak of a tone, of 32,768.
    package static let amplitude = 8_000.0

    /// The tone of a call; neighbours are far apart, and from call ``frequencies``.count on tones come again.
    package static func frequency(ofCall number: Int) -> Int {
        // 487 has no factor in common with the number of tones: each comes once in a round.
        frequencies[number * 487 % frequencies.count]
    }

    /// One second of a tone.
    package static func second(of frequency: Int, sampleRate: Int) -> [Int16] {
        (0..<sampleRate).map { index in
            let turns = Double(frequency * index % sampleRate) / Double(sampleRate)
            return Int16((amplitude * cosine(turns)).rounded())
        }
    }
}
