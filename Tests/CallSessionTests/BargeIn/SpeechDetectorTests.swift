// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import CallSession

@Suite("When the caller speaks")
struct SpeechDetectorTests {
    /// Changes with the frame of 20 ms after which they came.
    private func changes(
        _ samples: [Int16],
        rate: Int = 8_000,
        guarded: Bool = false
    ) -> [(frame: Int, change: SpeechDetector.Change)] {
        var detector = SpeechDetector(sampleRate: rate, debounce: .milliseconds(200))
        var changes: [(Int, SpeechDetector.Change)] = []
        let frame = rate / 50
        for index in 0..<samples.count / frame {
            let span = samples[index * frame..<(index + 1) * frame]
            detector.process(Array(span).span, isGuarded: guarded) { changes.append((index + 1, $0)) }
        }
        return changes
    }

    private func noise(_ count: Int, rms: Double, seed: Int = 1) -> [Int16] {
        var random = Seeded(seed)
        // Uniform between ±a has an RMS of a / √3.
        let bound = rms * 1.732
        return (0..<count).map { _ in Int16(Double.random(in: -bound...bound, using: &random)) }
    }

    /// Syllables of a hoarse voice: 160 ms loud, 60 ms soft.
    private func speech(milliseconds: Int, rms: Double) -> [Int16] {
        noise(milliseconds * 8, rms: rms, seed: 2).enumerated().map { index, sample in
            index % 1_760 < 1_280 ? sample : sample / 16
        }
    }

    @Test("an onset is told 60 ms after it, an end 400 ms after it")
    func onsetAndEnd() {
        let found = changes(noise(8_000, rms: 20) + speech(milliseconds: 2_000, rms: 3_000) + noise(8_000, rms: 20))
        #expect(found.map(\.change) == [.started, .ended])
        #expect(found.first?.frame == 53)
        #expect(abs((found.last?.frame ?? 0) - 170) <= 3)
    }

    @Test("while the bot is heard speech must last 200 ms and be louder")
    func guarded() {
        let long = changes(noise(8_000, rms: 20) + noise(4_000, rms: 3_000), guarded: true)
        #expect(long.map(\.change) == [.started])
        #expect(long.first?.frame == 60)
        let cough = changes(noise(8_000, rms: 20) + noise(1_280, rms: 3_000) + noise(8_000, rms: 20), guarded: true)
        #expect(cough.isEmpty)
    }

    @Test("silence, faint noise and a single click are no speech")
    func nothing() {
        #expect(changes(Signal.silence(80_000)).isEmpty)
        #expect(changes(noise(80_000, rms: 60)).isEmpty)
        #expect(changes(noise(8_000, rms: 20) + Signal.square(160) + noise(8_000, rms: 20)).isEmpty)
    }

    @Test("noise that goes on becomes the floor, and speech above it is still found", arguments: [100.0, 300, 1_000])
    func steadyNoise(rms: Double) {
        let found = changes(
            noise(80_000, rms: rms) + speech(milliseconds: 2_000, rms: rms * 10) + noise(16_000, rms: rms)
        )
        // The noise's own beginning may count; within 3 s it must be known for what it is.
        let late = found.filter { $0.frame > 150 }
        #expect(late.map(\.change) == [.started, .ended])
        #expect(late.first.map { (500...510).contains($0.frame) } == true)
    }

    @Test("a tone without end is not speech for ever")
    func tone() {
        let tone = Tone.samples(of: [Tone(frequency: 425, amplitude: 8_000)], rate: 8_000, count: 160_000)
        #expect(changes(Signal.silence(8_000) + tone).map(\.change) == [.started, .ended])
    }

    @Test("long speech without a rest of 400 ms stays one stretch")
    func longSpeech() {
        let found = changes(noise(8_000, rms: 20) + speech(milliseconds: 30_000, rms: 3_000) + noise(8_000, rms: 20))
        #expect(found.map(\.change) == [.started, .ended])
    }

    @Test("rates count in frames of 20 ms alike", arguments: [8_000, 16_000, 48_000])
    func rates(rate: Int) {
        let found = changes(
            Signal.silence(rate) + Signal.square(rate) + Signal.silence(rate),
            rate: rate
        )
        #expect(found.map(\.frame) == [53, 120])
    }
}
