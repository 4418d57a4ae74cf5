// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `audio dtmf`, `audio speech` and `audio doctor` on files, on streams and on what is wrong.
struct ListeningCommandTests {
    static func fixture(_ path: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../../audio-fixtures/" + path
        )
        .standardizedFileURL.path
    }

    /// The samples of a fixture as raw bytes, without its plain header of 44.
    static func raw(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixture(path))).dropFirst(44))
    }

    static func lines(_ outcome: Executable.Outcome) -> [String] {
        String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test(arguments: ["8k", "16k"])
    func `digits and their times`(rate: String) throws {
        let outcome = try Executable.run(["audio", "dtmf", Self.fixture("signals/dtmf-all-\(rate).wav")])
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let found = Self.lines(outcome).map { $0.split(separator: " ") }
        #expect(found.map { $0[0] }.joined() == "1234567890*#ABCD")
        for (number, line) in found.enumerated() {
            let time = try #require(Double(line[1]))
            // A tone begins every 0.2 s and is certain at most 0.04 s later.
            #expect(time > Double(number) * 0.2 + 0.024 && time <= Double(number) * 0.2 + 0.041)
        }
    }

    @Test func `digits of a stream`() throws {
        let input = try Self.raw("signals/dtmf-fast-8k.wav")
        let outcome = try Executable.run(["audio", "dtmf", "-"], input: input)
        #expect(Self.lines(outcome).map { $0.prefix(1) }.joined() == "0918273645")
        let wide = try Self.raw("signals/dtmf-fast-16k.wav")
        let other = try Executable.run(["audio", "dtmf", "--rate", "16000", "-"], input: Array(wide.prefix(32000)))
        #expect(Self.lines(other).map { $0.prefix(1) }.joined() == "0918273645")
    }

    struct Segment: Decodable {
        var start_s: Double
        var end_s: Double
    }

    @Test(arguments: ["8k", "16k"])
    func `stretches of speech`(rate: String) throws {
        let outcome = try Executable.run(["audio", "speech", Self.fixture("prompts/greeting-and-menu-\(rate).wav")])
        let segments = try Self.lines(outcome).map { try JSONDecoder().decode(Segment.self, from: Data($0.utf8)) }
        #expect(segments.count >= 3)
        #expect(segments.allSatisfy { $0.start_s < $0.end_s && $0.end_s <= 11.42 })
        #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.end_s < $1.start_s })
        let spoken = segments.reduce(0) { $0 + $1.end_s - $1.start_s }
        #expect((8...11).contains(spoken))
    }

    @Test func `silence has no speech, and each frame can be asked for`() throws {
        let silence = [UInt8](repeating: 0, count: 32000)
        #expect(try Executable.run(["audio", "speech", "-"], input: silence).output.isEmpty)
        let frames = Self.lines(try Executable.run(["audio", "speech", "--frames", "-"], input: silence))
        #expect(frames.count == 100 && frames[1] == "{\"time_s\":0.040,\"speech\":false,\"probability\":0.000}")
    }

    @Test func `the doctor names what is wrong and is silent about what is not`() throws {
        let good = try Executable.run(["audio", "doctor", Self.fixture("prompts/operator-8k.wav")])
        #expect(good.status == 0 && Self.lines(good).count == 1 && Self.lines(good)[0].hasPrefix("no fault found in "))
        let speech = Array(try Self.raw("prompts/operator-8k.wav").prefix(30000))
        let swapped = speech.indices.map { speech[$0 ^ 1] }
        let found = try Executable.run(["audio", "doctor", "-"], input: swapped)
        #expect(found.status == 0 && Self.lines(found).count == 1)
        #expect(Self.lines(found)[0].hasPrefix("platform: byte order: "))
        let bot = try Executable.run(
            ["audio", "doctor", "--from", "bot", "--encoding", "ulaw", "--json", "-"],
            input: speech
        )
        #expect(Self.lines(bot).count == 1)
        #expect(Self.lines(bot)[0].hasPrefix("{\"side\":\"bot\",\"fault\":\"wrong encoding\","))
        let odd = try Executable.run(["audio", "doctor", "-"], input: speech + [1])
        #expect(Self.lines(odd) == ["platform: odd bytes: 1 message ended inside a sample; send whole samples"])
    }

    @Test(arguments: [
        ["dtmf"], ["dtmf", "--rate", "11025", "-"], ["dtmf", "--minimum-level", "5", "-"],
        ["speech", "--rate", "0", "-"], ["speech", "--hang-over-ms", "1", "-"], ["speech"],
        ["doctor", "--rate", "1", "-"], ["doctor", "--encoding", "mp3", "-"], ["doctor"],
    ])
    func `wrong use exits with 64`(arguments: [String]) throws {
        let outcome = try Executable.run(["audio"] + arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty && outcome.errors.hasPrefix("Error: "))
    }

    @Test(arguments: ["dtmf", "speech", "doctor"])
    func `a failure exits with 1 and one line`(command: String) throws {
        let wave = Self.fixture("prompts/operator-8k.wav")
        for (arguments, message) in [
            (["/nonexistent/in.raw"], "cannot open /nonexistent/in.raw"),
            (["/nonexistent/in.wav"], "cannot open /nonexistent/in.wav"),
            (["--rate", "16000", wave], "holds 8000 Hz, not 16000"),
        ] {
            let outcome = try Executable.run(["audio", command] + arguments)
            #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors.contains(message))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }

    @Test(arguments: ["dtmf", "speech"])
    func `a stream that ends inside a sample is a failure`(command: String) throws {
        let outcome = try Executable.run(["audio", command, "-"], input: [1, 2, 3])
        #expect(outcome.status == 1 && outcome.errors.contains("standard input ends inside a sample, at byte 3"))
    }
}
