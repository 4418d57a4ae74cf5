// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

extension VoiceActivityDetector {
    /// A detector by a route's settings; nil at a rate that the audio core does not know.
    init?(_ configuration: CallSessionConfiguration, rate: Int) {
        guard let rate = SampleRate(rawValue: rate) else { return nil }
        var options = Options()
        options.onset = Int(configuration.speechOnset.wholeMilliseconds)
        options.guardedOnset = Int(max(configuration.speechOnset, configuration.bargeInDebounce).wholeMilliseconds)
        options.hangOver = Int(configuration.speechHangOver.wholeMilliseconds)
        options.guardMargin = configuration.bargeInMargin
        self.init(rate: rate, options: options)
    }

    /// What 20 ms brought.
    struct Finding {
        /// Whether a turn of speech was going on before.
        let wasSpeaking: Bool
        /// The beginning or the end of one: an end comes no sooner than the hang-over after a beginning.
        let change: SpeechEvent?
        let isSpeaking: Bool
        let isSpeech: Bool
        let probability: Float
    }

    /// Takes at most 20 ms and says at once what there is to know, so that nobody has to copy the detector for it.
    mutating func hear(_ piece: Span<Int16>, isGuarded: Bool) -> Finding {
        let wasSpeaking = isSpeaking
        var change: SpeechEvent?
        process(piece, isGuarded: isGuarded) { change = $0 }
        return Finding(
            wasSpeaking: wasSpeaking,
            change: change,
            isSpeaking: isSpeaking,
            isSpeech: isSpeech,
            probability: probability
        )
    }
}
