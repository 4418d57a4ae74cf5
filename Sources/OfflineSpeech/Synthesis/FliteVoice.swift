// SPDX-License-Identifier: Apache-2.0

#if OfflineSpeech
import CFlite

/// One of flite's voices.
///
/// Voices are made once and kept by the library for good.
@safe final class FliteVoice {
    /// Names of the voices, as `voicebridge bots` shows them.
    static let names = ["slt", "rms"]

    private let voice: UnsafeMutablePointer<cst_voice>

    /// The voice of this name.
    init(_ name: String) throws(OfflineSpeechError) {
        _ = flite_init()
        let registered: UnsafeMutablePointer<cst_voice>?
        switch name {
        case "slt": unsafe registered = register_cmu_us_slt(nil)
        case "rms": unsafe registered = register_cmu_us_rms(nil)
        default: throw .noVoice(name)
        }
        guard let registered = unsafe registered else { throw .noVoice(name) }
        unsafe voice = registered
    }

    /// Speaks text; returns samples, mono, and their rate in hertz.
    func speak(_ text: String) throws(OfflineSpeechError) -> (samples: [Int16], rate: Int) {
        // A text that ends at a zero byte would be cut there.
        let text = text.replacing("\0", with: " ")
        guard let wave = unsafe flite_text_to_wave(text, voice) else { throw .failed("speaking a sentence") }
        defer { unsafe delete_wave(wave) }
        let count = unsafe Int(wave.pointee.num_samples)
        let samples = unsafe Array(UnsafeBufferPointer(start: wave.pointee.samples, count: max(0, count)))
        return (samples, unsafe Int(wave.pointee.sample_rate))
    }
}
#endif
