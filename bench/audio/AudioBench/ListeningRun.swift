// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio

/// Digits and speech heard in a file of raw 16-bit samples at 8 kHz, 20 ms at a time.
enum ListeningRun {
    static func run(_ path: String) {
        let samples = RawFile.read(path)
        let frames = samples.count / 160
        guard frames > 0 else { AudioBench.fail("\(path) is shorter than 20 ms") }
        var (keys, turns) = (0, 0)
        let digits = AudioBench.least(9) { keys = hearDigits(samples, frames) }
        let speech = AudioBench.least(9) { turns = hearSpeech(samples, frames) }
        let perSample = (Double(digits) / Double(frames) / 1.6).rounded() / 100
        let perFrame = (Double(speech) / Double(frames)).rounded()
        print("digits_ns_per_sample \(perSample) speech_ns_per_20_ms \(perFrame) digit_events \(keys) turns \(turns)")
    }

    /// - Returns: number of events, so that nothing is left out because nobody looks at it.
    @inline(never)
    private static func hearDigits(_ samples: [Int16], _ frames: Int) -> Int {
        var detector = DTMFDetector()
        var events = 0
        for frame in 0..<frames {
            detector.process(samples.span.extracting(160 * frame..<160 * (frame + 1))) { _ in events += 1 }
        }
        return events
    }

    /// - Returns: number of events.
    @inline(never)
    private static func hearSpeech(_ samples: [Int16], _ frames: Int) -> Int {
        var detector = VoiceActivityDetector()
        var events = 0
        for frame in 0..<frames {
            detector.process(samples.span.extracting(160 * frame..<160 * (frame + 1))) { _ in events += 1 }
        }
        return events
    }
}
