// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio

/// Where on a recorded line somebody speaks, and where sound begins.
enum LineSound {
    /// Mean magnitude from which 10 ms are sound and not quiet, about −54 dBFS.
    private static let least = 64
    /// Frames of 10 ms of quiet before a sound that begins.
    private static let quiet = 20

    /// The stretches of speech, as samples; none at a rate that calls do not have.
    static func speech(in samples: [Int16], rate: Int) -> [Range<Int>] {
        guard let rate = SampleRate(rawValue: rate) else { return [] }
        var options = VoiceActivityDetector.Options()
        options.hangOver = 200
        var detector = VoiceActivityDetector(rate: rate, options: options)
        var stretches: [Range<Int>] = []
        var start = 0
        func take(_ event: SpeechEvent) {
            if event.edge == .started { start = event.boundary }
            if event.edge == .ended { stretches.append(start..<max(start, event.boundary)) }
        }
        detector.process(samples.span) { take($0) }
        detector.finish { take($0) }
        return stretches
    }

    /// The samples with which sound of any kind begins after 200 ms of quiet or more.
    static func onsets(in samples: [Int16], rate: Int) -> [Int] {
        let frame = max(1, rate / 100)
        var onsets: [Int] = []
        var still = quiet
        for start in stride(from: 0, to: samples.count, by: frame) {
            let part = samples[start..<min(start + frame, samples.count)]
            let sum = part.reduce(0) { $0 + Int($1.magnitude) }
            guard sum > least * part.count else {
                still += 1
                continue
            }
            if still >= quiet { onsets.append(start) }
            still = 0
        }
        return onsets
    }
}
