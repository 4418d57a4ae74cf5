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
}
