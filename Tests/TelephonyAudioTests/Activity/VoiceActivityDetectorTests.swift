// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport
import Testing

struct VoiceActivityDetectorTests {
    typealias Options = VoiceActivityDetector.Options

    static func verdicts(_ samples: [Int16]) -> [Bool] {
        var detector = VoiceActivityDetector()
        return (0..<samples.count / 160).map { frame in
            detector.process(samples.span.extracting((frame * 160)..<(frame * 160 + 160)))
            return detector.isSpeech
        }
    }

    static func events(
        _ samples: [Int16],
        rate: SampleRate = .hz8000,
        options: Options = Options(),
        chunk: Int = 160,
        guarded: Bool = false
    ) -> [SpeechEvent] {
        var detector = VoiceActivityDetector(rate: rate, options: options)
        var events: [SpeechEvent] = []
        var start = 0
        while start < samples.count {
            let end = min(start + chunk, samples.count)
            detector.process(samples.span.extracting(start..<end), isGuarded: guarded) { events.append($0) }
            start = end
        }
        return events
    }

    /// Hiss with bursts of a buzz over it.
    static func bursts(_ places: [Range<Int>], count: Int, amplitude: Double = 6000, rate: Int = 8000) -> [Int16] {
        var random = RandomNumbers(seed: 5)
        return (0..<count).map { index in
            var value = 10 * DTMFSignal.gauss(&random)
            if places.contains(where: { $0.contains(index) }) {
                for harmonic in 1...8 {
                    value += amplitude / 8 * sin(2 * .pi * 150 * Double(harmonic * index) / Double(rate))
                }
            }
            return Int16(value)
        }
    }

    @Test func `speech on a quiet line`() throws {
        let material = try SpeechMaterial()
        let score = material.score(Self.verdicts(material.quiet))
        #expect(score.accuracy >= 0.92, "\(score)")
        #expect(score.onset <= 3)
    }

    @Test func `speech in white noise 20 dB below`() throws {
        let material = try SpeechMaterial()
        let score = material.score(Self.verdicts(material.noisy(20, babble: false)))
        #expect(score.accuracy >= 0.9, "\(score)")
        #expect(score.onset <= 3)
    }

    @Test func `speech over other voices 20 dB below`() throws {
        let material = try SpeechMaterial()
        let score = material.score(Self.verdicts(material.noisy(20, babble: true)))
        #expect(score.accuracy >= 0.85, "\(score)")
    }

    @Test(arguments: [1, 7, 80, 333, 100_000])
    func `chunks change nothing`(chunk: Int) throws {
        let samples = try Fixtures.prompt("say-it-back") + [Int16](repeating: 0, count: 8000)
        #expect(Self.events(samples, chunk: chunk) == Self.events(samples))
    }

    @Test func `turns have their ends where the sound has them`() throws {
        let events = Self.events(Self.bursts([16000..<24000, 32000..<36000], count: 48000))
        try #require(events.map(\.edge) == [.started, .ended, .started, .ended])
        for (event, place) in zip(events, [16000, 24000, 32000, 36000]) {
            #expect(abs(event.boundary - place) <= 480, "\(event)")
        }
        // Known after the onset of 60 ms and the hang-over of 400 ms, and the frame and half window they end in.
        #expect(events[0].position - 16000 <= 640)
        #expect((3200...4000).contains(events[1].position - 24000))
    }

    @Test(arguments: [SampleRate.hz16000, .hz24000, .hz48000])
    func `other rates have their own positions`(rate: SampleRate) throws {
        let second = rate.rawValue
        let samples = Self.bursts([2 * second..<3 * second], count: 4 * second, rate: second)
        let events = Self.events(samples, rate: rate, chunk: 777)
        try #require(events.map(\.edge) == [.started, .ended])
        #expect(abs(events[0].boundary - 2 * second) <= second * 6 / 100)
        #expect(abs(events[1].boundary - 3 * second) <= second * 6 / 100)
    }

    @Test func `onset and hang-over can be chosen`() {
        var options = Options()
        (options.onset, options.hangOver) = (200, 1000)
        let samples = Self.bursts([16000..<17000, 24000..<28000, 31200..<34000], count: 48000)
        let events = Self.events(samples, options: options)
        // 125 ms are too short, and a pause of 400 ms does not end the turn.
        #expect(events.map(\.edge) == [.started, .ended])
        #expect(abs((events.first?.boundary ?? 0) - 24000) <= 480)
    }

    @Test func `a click is no turn`() {
        #expect(Self.events(Self.bursts([16000..<16080, 24000..<24100], count: 40000, amplitude: 20000)).isEmpty)
    }

    @Test func `while the bot is heard speech must be louder and longer`() {
        let short = Self.bursts([16000..<17200], count: 32000)
        #expect(Self.events(short).count == 2 && Self.events(short, guarded: true).isEmpty)
        let long = Self.bursts([16000..<24000], count: 32000)
        #expect(Self.events(long, guarded: true).map(\.edge) == [.started, .ended])
        let faint = Self.bursts([16000..<24000], count: 32000, amplitude: 330)
        #expect(Self.events(faint).count == 2)
        var options = Options()
        options.guardMargin = 80
        #expect(Self.events(long, options: options, guarded: true).isEmpty)
    }

    @Test(arguments: [20.0, 300, 3000])
    func `a steady noise is learnt`(amplitude: Double) {
        var random = RandomNumbers(seed: 8)
        let noise = (0..<48000).map { _ in Int16(min(max(amplitude * DTMFSignal.gauss(&random), -32768), 32767)) }
        let late = Self.verdicts(noise).dropFirst(150)
        #expect(late.count { $0 } <= late.count / 50)
        #expect(Self.events(noise).allSatisfy { $0.boundary < 24000 })
    }

    @Test(arguments: [40.0, 80, 300, 1500])
    func `a line that hisses from its first sample begins no turn`(amplitude: Double) {
        for seed in 0..<20 as Range<UInt64> {
            var random = RandomNumbers(seed: seed)
            let noise = (0..<8000).map { _ in Int16(DTMFSignal.gauss(&random) * amplitude) }
            #expect(Self.events(noise).isEmpty, "\(seed)")
        }
    }

    @Test(arguments: Fixtures.prompts)
    func `speech from the first sample begins a turn at once`(prompt: String) throws {
        let samples = try LineSound.speech(prompt).heard(noise: 30)
        let first = try #require(Self.events(samples).first)
        #expect(first.edge == .started && first.position <= 8 * 160 && first.boundary <= 8 * 100)
    }

    @Test func `noise that begins in a call is learnt, not taken for endless speech`() {
        var random = RandomNumbers(seed: 8)
        let noise = (0..<80_000).map { Int16(($0 < 24000 ? 10 : 800) * DTMFSignal.gauss(&random)) }
        let events = Self.events(noise)
        #expect(events.map(\.edge) == [.started, .ended] && (events.last?.boundary ?? 0) < 24000 + 5 * 8000)
    }

    @Test func `silence is nothing, and its probability is small`() {
        var detector = VoiceActivityDetector()
        let silence = [Int16](repeating: 0, count: 8000)
        detector.process(silence.span) { _ in Issue.record("an event in silence") }
        #expect(!detector.isSpeech && !detector.isSpeaking && detector.probability < 0.1 && detector.frames == 50)
        let voice = Self.bursts([0..<1600], count: 1600)
        detector.process(voice.span)
        #expect(detector.isSpeech && detector.isSpeaking && detector.probability > 0.9)
        #expect(detector.noiseLevel < -60)
    }
}
