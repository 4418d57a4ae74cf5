// SPDX-License-Identifier: Apache-2.0
package import VoiceBridgeTesting

/// One call's second of sound, made once: as its messages carry it, and the meter that finds it in what comes back.
package struct PreparedTone: Sendable {
    /// In hertz.
    package let frequency: Int
    /// The payloads of the second's frames, in order.
    let payloads: [[UInt8]]
    /// Finds the tone.
    let meter: ToneMeter

    /// Prepares a tone.
    ///
    /// - Parameters:
    ///   - frequency: One of ``ToneScale/frequencies``.
    ///   - templates: How the platform writes audio.
    ///   - frameMilliseconds: What one message carries; a divisor of 1,000.
    package init(frequency: Int, templates: PlatformTemplates, frameMilliseconds: Int) {
        let rate = templates.format.sampleRate
        let sound = ToneScale.second(of: frequency, sampleRate: rate)
        let frame = rate * frameMilliseconds / 1_000
        self.frequency = frequency
        payloads = stride(from: 0, to: sound.count, by: frame).map { templates.payload(of: sound[$0..<$0 + frame]) }
        let window = ToneCheck.windowSamples(sampleRate: rate, frameMilliseconds: frameMilliseconds)
        meter = ToneMeter(frequency: frequency, sampleRate: rate, window: window)
    }
}
