// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import TestSupport
import Testing

struct DTMFDetectorTests {
    static func events(_ samples: [Int16], _ detector: DTMFDetector = DTMFDetector(), chunk: Int = 160) -> [DTMFEvent] {
        var detector = detector
        var events: [DTMFEvent] = []
        var start = 0
        while start < samples.count {
            let end = min(start + chunk, samples.count)
            detector.process(samples.span.extracting(start..<end)) { events.append($0) }
            start = end
        }
        return events
    }

    static func digits(_ events: [DTMFEvent]) -> String {
        String(events.filter { $0.edge == .began }.map(\.digit.character))
    }

    @Test(arguments: DTMFCase.accepted)
    func `is heard`(line: DTMFCase) throws {
        let sent = line.signal.render(DTMFSignal.allDigits)
        let events = Self.events(sent.samples)
        #expect(Self.digits(events) == DTMFSignal.allDigits)
        let began = events.filter { $0.edge == .began }
        let ended = events.filter { $0.edge == .ended }
        try #require(began.count == 16 && ended.count == 16)
        for (index, start) in sent.starts.enumerated() {
            // Known 40 ms after the tone's first sample; a break before that costs its own length.
            let allowed = line.signal.interruption.start < 35 && line.signal.interruption.length > 0 ? 480 : 320
            #expect(began[index].position - start <= allowed, "digit \(index)")
            #expect(abs(began[index].toneEdge - start) <= 16, "digit \(index)")
            #expect(abs(ended[index].toneEdge - start - Int(line.signal.tone * 8)) <= 32, "digit \(index)")
        }
    }

    @Test(arguments: DTMFCase.refused)
    func `is no digit`(line: DTMFCase) {
        #expect(Self.events(line.signal.render(DTMFSignal.allDigits).samples).isEmpty)
    }

    @Test(arguments: [G711.muLaw, .aLaw], [-8.0, -25])
    func `is heard through G.711`(law: G711, level: Double) {
        var signal = DTMFSignal()
        (signal.tone, signal.pause, signal.low, signal.high) = (40, 40, level, level)
        signal.lowOffset = 1.5
        var table = [Int16](repeating: 0, count: 65536)
        for value in -32768...32767 {
            table[value + 32768] = Int16(
                law == .muLaw
                    ? PlainG711.decodeMuLaw(law.encode(Int16(value))) : PlainG711.decodeALaw(law.encode(Int16(value)))
            )
        }
        let sent = signal.render(DTMFSignal.allDigits).samples.map { table[Int($0) + 32768] }
        #expect(Self.digits(Self.events(sent)) == DTMFSignal.allDigits)
    }

    @Test(arguments: [(-27.0, -28.0), (-40, -41)])
    func `the smallest level can be chosen`(level: Double, quieter: Double) {
        var signal = DTMFSignal()
        let detector = DTMFDetector(minimumLevel: level)
        (signal.low, signal.high) = (level + 1, level + 1)
        #expect(Self.digits(Self.events(signal.render("159D").samples, detector)) == "159D")
        (signal.low, signal.high) = (quieter, quieter)
        #expect(Self.events(signal.render("159D").samples, detector).isEmpty)
    }

    @Test(arguments: [SampleRate.hz16000, .hz24000, .hz44100, .hz48000])
    func `hears streams of other rates in their own time`(rate: SampleRate) throws {
        var signal = DTMFSignal()
        (signal.rate, signal.tone, signal.pause) = (rate.rawValue, 40, 40)
        let sent = signal.render("19*#")
        let began = Self.events(sent.samples, DTMFDetector(rate: rate), chunk: 333).filter { $0.edge == .began }
        try #require(Self.digits(began) == "19*#")
        for (event, start) in zip(began, sent.starts) {
            #expect((0...rate.rawValue / 25).contains(event.position - start))
            #expect(abs(event.toneEdge - start) <= rate.rawValue / 400)
        }
    }

    @Test(arguments: [1, 7, 80, 1000, 100_000])
    func `chunks change nothing`(chunk: Int) {
        let samples = DTMFSignal().render("0918273645").samples
        #expect(Self.events(samples, chunk: chunk) == Self.events(samples))
    }

    @Test func `tells the digit that sounds`() {
        var detector = DTMFDetector()
        let sent = DTMFSignal().render("7")
        detector.process(sent.samples.span.extracting(0..<sent.starts[0] + 400)) { _ in }
        #expect(detector.sounding?.character == "7")
        detector.process(sent.samples.span.extracting((sent.starts[0] + 400)...)) { _ in }
        #expect(detector.sounding == nil)
    }

    @Test func `a digit without a pause behind another is heard`() {
        var signal = DTMFSignal()
        (signal.tone, signal.pause) = (80, 0)
        #expect(Self.digits(Self.events(signal.render("1596").samples)) == "1596")
    }

    @Test(arguments: ["greeting-and-menu", "say-it-back", "operator", "apology"])
    func `speech is no digit`(name: String) throws {
        #expect(Self.events(try Fixtures.prompt(name)).isEmpty)
    }

    @Test(arguments: ["tone-1000", "sweep-100-3400", "beep"])
    func `other signals are no digits`(name: String) throws {
        #expect(Self.events(try Fixtures.signal(name)).isEmpty)
    }

    @Test func `the kept digits are heard`() throws {
        #expect(Self.digits(Self.events(try Fixtures.signal("dtmf-all"))) == "1234567890*#ABCD")
        #expect(Self.digits(Self.events(try Fixtures.signal("dtmf-fast"))) == "0918273645")
    }

    @Test(arguments: [100.0, 6000])
    func `noise is no digit`(amplitude: Double) {
        var random = RandomNumbers(seed: 7)
        let noise = (0..<40000).map { _ in
            Int16(min(max(amplitude * DTMFSignal.gauss(&random), -32768), 32767))
        }
        #expect(Self.events(noise).isEmpty)
    }
}
