// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Filters that are computed once per pair of rates and shared by all calls.
enum AudioTables {
    /// Computes, before the first call, those that bots of this format will need: some milliseconds that no caller waits for.
    static func prepare(for bot: AudioFormat) {
        guard let rate = SampleRate(rawValue: bot.sampleRate) else { return }
        for wire in [SampleRate.hz8000, .hz16000, .hz24000, .hz48000] where wire != rate {
            _ = Resampler(from: wire, to: rate)
            _ = Resampler(from: rate, to: wire)
        }
    }
}
