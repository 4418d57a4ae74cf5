// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import Testing

struct AnsweringMachineTests {
    typealias Method = AnsweringMachineDetector.Method
    typealias Evidence = AnsweringFinding.Evidence

    static func silence(_ change: (inout AnsweringMachineDetector.Silence) -> Void = { _ in }) -> Method {
        var numbers = AnsweringMachineDetector.Silence()
        change(&numbers)
        return .silence(numbers)
    }

    static func findings(
        _ sound: LineSound,
        _ method: Method = silence(),
        chunk: Int = 160,
        noise: Double = 4
    ) -> [AnsweringFinding] {
        var detector = AnsweringMachineDetector(method)
        let samples = sound.heard(noise: noise)
        var found: [AnsweringFinding] = []
        var start = 0
        while start < samples.count {
            let end = min(start + chunk, samples.count)
            detector.process(samples.span.extracting(start..<end)) { found.append($0) }
            start = end
        }
        return found
    }

    /// What was found, in short.
    static func words(_ findings: [AnsweringFinding]) -> [String] {
        findings.map {
            switch $0.evidence {
            case .silenceAfterGreeting: "human"
            case .longGreeting: "machine"
            case .nobodySpoke: "nobody"
            case .key: "key"
            case .noKeyYet(let round): "round \(round)"
            case .noKey: "no key"
            case .beep: "beep"
            case .specialInformation: "tones"
            }
        }
    }

    struct Answer: CustomStringConvertible {
        var description: String
        var sound: LineSound
        var wanted: [String]
    }

    static func answers() throws -> [Answer] {
        let hello = try LineSound.speech("goodbye", 700)
        let long = try LineSound.speech("greeting-and-menu")
        return try [
            Answer(description: "hello", sound: .silence(400) + hello + .silence(3000), wanted: ["human"]),
            Answer(description: "hello at once", sound: hello + .silence(3000), wanted: ["human"]),
            Answer(description: "hello late", sound: .silence(2500) + hello + .silence(3000), wanted: ["human"]),
            Answer(
                description: "name, pause, name",
                sound: .silence(300) + hello + .silence(500) + .speech("operator", 900) + .silence(3000),
                wanted: ["human"]
            ),
            Answer(description: "machine", sound: .silence(300) + long, wanted: ["machine"]),
            Answer(
                description: "machine and beep",
                sound: .silence(300) + long + .silence(200) + .tone([1000], 300) + .silence(1000),
                wanted: ["machine", "beep"]
            ),
            Answer(
                description: "machine with pauses",
                sound: hello + .silence(700) + .speech("apology") + .silence(600) + long,
                wanted: ["machine"]
            ),
            Answer(
                description: "short machine",
                sound: .silence(500) + hello + .silence(400) + .tone([800], 200) + .silence(3000),
                wanted: ["beep"]
            ),
            Answer(description: "nobody", sound: .silence(6000), wanted: ["nobody"]),
            Answer(
                description: "nobody, then somebody",
                sound: .silence(4000) + hello + .silence(3000),
                wanted: ["nobody", "human"]
            ),
            Answer(
                description: "out of order",
                sound: .tone([950], 330) + .tone([1400], 330) + .tone([1800], 330) + .silence(300) + long,
                wanted: ["tones"]
            ),
        ]
    }

    @Test func `who answered, by silence`() throws {
        for answer in try Self.answers() {
            for noise in [2.0, 40] {
                #expect(
                    Self.words(Self.findings(answer.sound, noise: noise)) == answer.wanted,
                    "\(answer), noise \(noise)"
                )
            }
        }
    }

    @Test func `when, and how sure`() throws {
        let hello = try LineSound.speech("goodbye", 700)
        let human = try #require(Self.findings(.silence(400) + hello + .silence(3000)).first)
        // 1.8 s behind the word's end.
        #expect((2600...3000).contains(human.milliseconds) && human.machineProbability < 0.1)
        let machine = try #require(Self.findings(.silence(400) + .speech("greeting-and-menu")).first)
        #expect((3300...3600).contains(machine.milliseconds) && machine.machineProbability > 0.85)
        let longer = try #require(Self.findings(.speech("operator", 2500) + .silence(3000)).first)
        #expect(longer.machineProbability > human.machineProbability && longer.machineProbability < 0.5)
    }

    @Test func `the numbers can be chosen`() throws {
        let hello = try LineSound.speech("goodbye", 700)
        let patient = Self.silence { ($0.milliseconds, $0.rounds) = (600, 2) }
        // Two silences behind each other, or one each side of a word.
        let found = try #require(Self.findings(hello + .silence(3000), patient).first)
        #expect((1700...2150).contains(found.milliseconds))
        #expect(Self.words(Self.findings(hello + .silence(800) + hello + .silence(800), patient)) == ["human"])
        #expect(Self.findings(hello + .silence(800) + hello + .silence(400), patient) == [])
        let endless = Self.silence { $0.timeout = 0 }
        let sound = try LineSound.speech("greeting-and-menu", 4000)
        #expect(Self.findings(sound, endless) == [])
        let quick = Self.silence { $0.timeout = 1500 }
        #expect(try #require(Self.findings(sound, quick).first).milliseconds < 2000)
    }

    @Test(arguments: [1, 33, 1000, 100_000])
    func `chunks do not matter`(chunk: Int) throws {
        for answer in try Self.answers() {
            #expect(Self.findings(answer.sound, chunk: chunk) == Self.findings(answer.sound))
        }
    }

    @Test func `keys`() {
        let method = Method.keys(.init())
        #expect(Self.words(Self.findings(.silence(5000), method)) == ["round 1", "no key"])
        var detector = AnsweringMachineDetector(method)
        var found: [AnsweringFinding] = []
        let second = [Int16](repeating: 0, count: 8000)
        // The question takes no time of the round's.
        for _ in 0..<5 { detector.process(second.span, isGuarded: true) { found.append($0) } }
        detector.process(second.span) { found.append($0) }
        #expect(found.isEmpty)
        detector.press { found.append($0) }
        detector.press { found.append($0) }
        for _ in 0..<9 { detector.process(second.span) { found.append($0) } }
        #expect(Self.words(found) == ["key"] && detector.isDecided)
    }

    @Test func `time goes on without samples`() throws {
        var detector = AnsweringMachineDetector()
        var found: [AnsweringFinding] = []
        let hello = try (LineSound.silence(300) + .speech("goodbye", 700)).heard()
        detector.process(hello.span) { found.append($0) }
        detector.pass(milliseconds: 1700) { found.append($0) }
        #expect(found.isEmpty)
        detector.pass(milliseconds: 200) { found.append($0) }
        #expect(Self.words(found) == ["human"])
    }
}
