// SPDX-License-Identifier: Apache-2.0
import CallModel
import Digests
import TelephonyAudio
import VoiceBridge

/// A flow's sounds as CALLR takes them.
enum CALLRSound {
    /// Longest sound that is sent in an answer.
    static let longest = Duration.seconds(60)

    /// The tone before a recording.
    static let beep = Prompt(.tone(frequency: 1_000, duration: .milliseconds(200), level: -14))

    /// A sound as a WAV of 16-bit samples at 8 kHz in Base64, cut to ``longest``; nil when it has none.
    static func wav(_ prompt: Prompt) -> String? {
        let samples = narrowband(prompt.audio)
        guard let audio = AudioChunk(samples: Array(samples.prefix(60 * 8_000)), sampleRate: 8_000) else { return nil }
        return Base64.encode(audio.wav)
    }

    private static func narrowband(_ audio: AudioChunk) -> [Int16] {
        guard let rate = SampleRate(rawValue: audio.format.sampleRate), rate != .hz8000 else { return audio.samples }
        var resampler = Resampler(from: rate, to: .hz8000)
        let samples = audio.samples
        var output = [Int16](repeating: 0, count: resampler.outputCount(for: samples.count))
        var span = output.mutableSpan
        let produced = resampler.process(samples.span, into: &span).produced
        return Array(output.prefix(produced))
    }
}
