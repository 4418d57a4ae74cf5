// SPDX-License-Identifier: Apache-2.0

import TelephonyAudio

extension AudioChunk {
    /// A sine tone as 16-bit linear PCM.
    ///
    /// - Parameters:
    ///   - frequency: hertz, below half the rate.
    ///   - duration: how long it sounds.
    ///   - level: its peak in dBFS, 0 or less.
    ///   - format: gives the rate; the encoding is linear PCM whatever it says.
    /// - Returns: the tone.
    public static func tone(
        frequency: Double,
        duration: Duration,
        level: Double = -14,
        format: AudioFormat = .linear16kHz
    ) -> AudioChunk {
        var generator = ToneGenerator(frequency: frequency, level: min(0, level), rate: format.sampleRate)
        var samples = [Int16](repeating: 0, count: max(0, format.sampleCount(for: duration)))
        var span = samples.mutableSpan
        generator.render(into: &span)
        let linear = AudioFormat(encoding: .linear16, sampleRate: format.sampleRate) ?? format
        return AudioChunk(linear: samples, format: linear, position: 0)
    }
}
