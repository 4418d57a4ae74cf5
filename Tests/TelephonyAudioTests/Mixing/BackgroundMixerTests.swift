// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport
import Testing

struct BackgroundMixerTests {
    static let hum = (0..<8000).map { Int16(10_000 * sin(2 * .pi * 100 * Double($0) / 8000)) }

    /// Mixes into silence, or a level, in chunks of any size.
    static func mix(
        _ mixer: inout BackgroundMixer,
        into samples: [Int16],
        underSpeech: Bool = false,
        chunk: Int = 160
    ) -> [Int16] {
        var all: [Int16] = []
        var start = 0
        while start < samples.count {
            var part = Array(samples[start..<min(start + chunk, samples.count)])
            var span = part.mutableSpan
            mixer.mix(into: &span, underSpeech: underSpeech)
            all += part
            start += chunk
        }
        return all
    }

    static func zeros(_ milliseconds: Int) -> [Int16] { [Int16](repeating: 0, count: milliseconds * 8) }

    static func decibels(_ samples: some Sequence<Int16>) -> Double {
        let all = Array(samples)
        return AudioLevel(all.span).rmsDecibels
    }

    @Test(arguments: [(0.0, 12.0), (-20, 12), (-20, 0), (-35, 20)])
    func `the gain, and what it is under speech`(gain: Double, ducking: Double) {
        var mixer = BackgroundMixer(loop: Self.hum, from: .hz8000, at: .hz8000, gain: gain, ducking: ducking)
        mixer.isOn = true
        let alone = Self.mix(&mixer, into: Self.zeros(500)).dropFirst(800)
        #expect(abs(Self.decibels(alone) - Self.decibels(Self.hum) - gain) < 0.1)
        let ducked = Self.mix(&mixer, into: Self.zeros(500), underSpeech: true).dropFirst(800)
        #expect(abs(Self.decibels(ducked) - Self.decibels(Self.hum) - gain + ducking) < 0.2)
    }

    @Test func `it fades in and out within its time and without a step`() {
        let level = [Int16](repeating: 20_000, count: 8000)
        var mixer = BackgroundMixer(loop: level, from: .hz8000, at: .hz8000, gain: -6, fadeMilliseconds: 50)
        #expect(!mixer.isAudible)
        mixer.isOn = true
        let rising = Self.mix(&mixer, into: Self.zeros(100))
        mixer.isOn = false
        #expect(mixer.isAudible)
        let falling = Self.mix(&mixer, into: Self.zeros(100))
        #expect(!mixer.isAudible)
        let full = Int16((20_000 * pow(10, -0.3)).rounded())
        #expect(rising[399] >= full - 26 && rising[398] < full && rising[500] == full)
        #expect(falling[401] == 0 && falling[390] > 0)
        for samples in [rising, falling] {
            #expect(zip(samples, samples.dropFirst()).allSatisfy { abs(Int($0) - Int($1)) <= 26 })
        }
    }

    @Test func `silent it changes nothing, and it begins anew`() {
        var mixer = BackgroundMixer(loop: Self.hum, from: .hz8000, at: .hz8000)
        let speech = (0..<1600).map { Int16($0) }
        #expect(Self.mix(&mixer, into: speech) == speech)
        mixer.isOn = true
        let first = Self.mix(&mixer, into: Self.zeros(333))
        mixer.isOn = false
        _ = Self.mix(&mixer, into: Self.zeros(100))
        #expect(Self.mix(&mixer, into: speech) == speech)
        mixer.isOn = true
        #expect(Self.mix(&mixer, into: Self.zeros(333)) == first)
        var empty = BackgroundMixer(loop: [], from: .hz8000, at: .hz8000)
        empty.isOn = true
        #expect(!empty.isAudible && Self.mix(&empty, into: speech) == speech)
    }

    @Test func `sums saturate`() {
        let loud = [Int16](repeating: 30_000, count: 800)
        var mixer = BackgroundMixer(loop: loud, from: .hz8000, at: .hz8000, gain: 0, ducking: 0)
        mixer.isOn = true
        let mixed = Self.mix(&mixer, into: [Int16](repeating: 30_000, count: 1600), underSpeech: true)
        #expect(mixed.last == 32767 && mixed.allSatisfy { $0 >= 30_000 })
    }

    @Test func `the end of the loop runs into its beginning`() {
        // 0.99 s of 100.5 Hz do not meet themselves.
        let loop = (0..<7920).map { Int16(10_000 * sin(2 * .pi * 100.5 * Double($0) / 8000)) }
        var mixer = BackgroundMixer(loop: loop, from: .hz8000, at: .hz8000, gain: 0)
        mixer.isOn = true
        let mixed = Self.mix(&mixer, into: Self.zeros(5000))
        let largest = zip(mixed, mixed.dropFirst()).map { abs(Int($0) - Int($1)) }.max() ?? 0
        #expect(largest < 900)
        for start in stride(from: 800, to: 39_000, by: 400) {
            #expect(Self.decibels(mixed[start..<start + 400]) > -20)
        }
    }

    @Test(arguments: [SampleRate.hz16000, .hz24000, .hz44100])
    func `another rate sounds alike`(rate: SampleRate) {
        let loop = (0..<rate.rawValue).map {
            Int16(10_000 * sin(2 * .pi * 440 * Double($0) / Double(rate.rawValue)))
        }
        var mixer = BackgroundMixer(loop: loop, from: rate, at: .hz8000, gain: -6)
        mixer.isOn = true
        let mixed = Self.mix(&mixer, into: Self.zeros(400)).dropFirst(800)
        #expect(abs(Self.decibels(mixed) - Self.decibels(loop) + 6) < 0.1)
    }

    @Test(arguments: [1, 7, 333, 100_000])
    func `chunks do not matter`(chunk: Int) {
        let loop = (0..<5000).map { Int16(truncatingIfNeeded: $0 &* 7919) / 4 }
        var (mixer, other) = (
            BackgroundMixer(loop: loop, from: .hz24000, at: .hz8000),
            BackgroundMixer(loop: loop, from: .hz24000, at: .hz8000)
        )
        (mixer.isOn, other.isOn) = (true, true)
        #expect(Self.mix(&mixer, into: Self.zeros(700), chunk: chunk) == Self.mix(&other, into: Self.zeros(700)))
    }
}
