// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import Testing

struct BeepDetectorTests {
    static func signals(_ samples: [Int16], chunk: Int = 160, rate: SampleRate = .hz8000) -> [BeepDetector.Signal] {
        var detector = BeepDetector(rate: rate)
        var found: [BeepDetector.Signal] = []
        var start = 0
        while start < samples.count {
            let end = min(start + chunk, samples.count)
            detector.process(samples.span.extracting(start..<end)) { found.append($0) }
            start = end
        }
        return found
    }

    @Test(arguments: [400.0, 440, 620, 1000, 1400, 1999], [80, 100, 137, 400, 1000])
    func `a beep is heard once, with its frequency, soon after its end`(frequency: Double, length: Int) throws {
        for (level, noise) in [(-6.0, 4.0), (-15, 300), (-30, 30), (-40, 4)] {
            let sound =
                try LineSound.speech("apology", 1500) + .silence(173)
                + .tone([frequency], length, level: level) + .silence(600)
            let found = Self.signals(sound.heard(noise: noise))
            try #require(found.count == 1, "\(level) dBFS")
            #expect(found[0].kind == .beep && abs(Double(found[0].frequency) - frequency) < frequency * 0.01)
            #expect((length - 30...length + 10).contains(found[0].milliseconds))
            let end = 1500 + 173 + length
            #expect((end + 90...end + 150).contains(found[0].position / 8))
        }
    }

    static let others: [(String, LineSound)] = [
        ("50 ms", .tone([1000], 50)), ("60 ms", .tone([1000], 60)), ("too low", .tone([350], 500)),
        ("too high", .tone([2100], 500)), ("too soft", .tone([1000], 500, level: -50)),
        ("dial tone", .tone([350, 440], 2000)), ("ringing", .tone([440, 480], 2000)),
        ("busy", .tone([480, 620], 500) + .silence(500) + .tone([480, 620], 500)),
        ("a digit", .tone([770, 1336], 200)), ("vibrato", .vibrato(800, by: 0.06, 1000)),
        ("a sweep", .tone([500], 40) + .tone([600], 40) + .tone([700], 40) + .tone([800], 40) + .tone([900], 40)),
        ("a melody", .tone([523], 200) + .tone([659], 200) + .tone([784], 200) + .tone([1047], 300)),
        ("nothing", .silence(1000)),
    ]

    @Test(arguments: others.indices)
    func `what is no beep is none`(index: Int) {
        let (name, sound) = Self.others[index]
        let padded = LineSound.silence(300) + sound + .silence(600)
        #expect(Self.signals(padded.heard()) == [], "\(name)")
    }

    @Test func `a tone with speech right behind it is no beep`() throws {
        let sound = try LineSound.silence(300) + .tone([1000], 300) + .speech("apology")
        #expect(Self.signals(sound.heard()).isEmpty)
    }

    @Test(arguments: Fixtures.prompts)
    func `no beep in speech`(prompt: String) throws {
        #expect(Self.signals(try LineSound.speech(prompt).heard()).isEmpty)
        #expect(Self.signals(try Fixtures.prompt(prompt)).isEmpty)
    }

    @Test(arguments: [(914.0, 1371.0, 1777.0, 380), (950, 1400, 1800, 330), (985, 1429, 1777, 276)])
    func `special information tones`(first: Double, second: Double, third: Double, length: Int) {
        let sound =
            LineSound.silence(400) + .tone([first], length) + .tone([second], length) + .tone([third], length)
            + .silence(500)
        #expect(Self.signals(sound.heard(noise: 30)).map(\.kind) == [.specialInformation])
        let other = LineSound.silence(400) + .tone([third], length) + .tone([second], length) + .silence(500)
        #expect(Self.signals(other.heard(noise: 30)) == [])
    }

    @Test func `a second beep is another one`() {
        let beep = LineSound.tone([1000], 150) + .silence(400)
        #expect(Self.signals((.silence(200) + beep + beep).heard()).count == 2)
    }

    @Test(arguments: [1, 7, 80, 1000, 100_000])
    func `chunks do not matter`(chunk: Int) throws {
        let sound = try LineSound.speech("goodbye") + .tone([900], 200) + .silence(400) + .tone([1500], 90)
        let samples = (sound + .silence(400)).heard()
        #expect(Self.signals(samples, chunk: chunk) == Self.signals(samples))
        #expect(Self.signals(samples).count == 2)
    }

    @Test func `another rate`() {
        var wide: [Int16] = []
        let sound = LineSound.silence(300) + .tone([1000], 200) + .silence(400)
        for sample in sound.heard() { wide += [sample, sample] }
        let found = Self.signals(wide, rate: .hz16000)
        #expect(found.map(\.kind) == [.beep])
        #expect((590 * 16...660 * 16).contains(found.first?.position ?? 0))
    }
}
