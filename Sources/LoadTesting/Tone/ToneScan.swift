// SPDX-License-Identifier: Apache-2.0

/// Finds which of many tones a stretch of sound is.
enum ToneScan {
    /// The tone that explains most of the sound.
    ///
    /// - Parameters:
    ///   - sound: A tenth of a second and more.
    ///   - frequencies: The tones that may be in it, in hertz.
    ///   - sampleRate: In hertz.
    /// - Returns: The tone and the part of the energy that it explains; nil for silence.
    static func strongest(in sound: [Float], of frequencies: [Int], sampleRate: Int) -> (frequency: Int, share: Float)?
    {
        let energy = sound.reduce(0) { $0 + $1 * $1 }
        guard energy > 0 else { return nil }
        let shares = frequencies.map { frequency in
            // Goertzel's recursion (Am. Math. Monthly 65, 1958).
            let coefficient = Float(2 * cosine(Double(frequency) / Double(sampleRate)))
            var (last, before) = (Float(0), Float(0))
            for sample in sound { (last, before) = (sample + coefficient * last - before, last) }
            let power = last * last + before * before - coefficient * last * before
            return (frequency: frequency, share: 2 * power / (energy * Float(sound.count)))
        }
        return shares.max { $0.share < $1.share }
    }
}
