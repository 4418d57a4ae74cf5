// SPDX-License-Identifier: Apache-2.0
import Bots
import CallSession
import TestSupport
import Testing
import VoiceBridge

/// The receptionist over a socket: each way through its menu, by the bytes on the wire.
@Suite struct ReceptionistTests {
    /// Prompts of a few frames, each with a level of its own, so that they can be told apart on the wire.
    static func prompts() throws -> ReceptionistPrompts {
        var prompts = try ReceptionistPrompts()
        prompts.menu = prompt(1_000)
        prompts.noInput = prompt(2_000)
        prompts.badInput = prompt(3_000)
        prompts.sayItBack = prompt(4_000)
        prompts.connecting = prompt(5_000)
        prompts.operatorComing = prompt(6_000)
        prompts.goodbye = prompt(7_000)
        return prompts
    }

    static func prompt(_ level: Int16, milliseconds: Int = 60) -> Prompt {
        let samples = [Int16](repeating: level, count: 8 * milliseconds)
        return Prompt(
            AudioChunk(samples: samples, sampleRate: 8_000)
                ?? .tone(
                    frequency: 1,
                    duration: .zero,
                    level: 0
                )
        )
    }

    static func bot(
        _ prompts: ReceptionistPrompts,
        noInputTimeout: Duration = .seconds(20),
        attempts: Int = 3
    ) -> TestBot {
        let bot = ReceptionistBot(
            prompts: prompts,
            noInputTimeout: noInputTimeout,
            attempts: attempts,
            recording: .milliseconds(200)
        )
        return TestBot(bot.audioFormat) { try await bot.converse(on: $0) }
    }

    /// What a frame is: the level of its prompt, or its text.
    static func word(_ frame: RawFrame) -> String {
        guard let audio = Wire.audio(frame) else { return frame.text }
        let samples = Wire.samples(audio)
        let middle = Int(samples[samples.count / 2])
        return "\((middle + 500) / 1_000)"
    }

    /// Frames as words, repetitions left out, until one is a word.
    static func words(_ client: RawClient, until last: String) async throws -> [String] {
        var words: [String] = []
        for frame in try await client.frames(until: { Self.word($0) == last }) where words.last != Self.word(frame) {
            words.append(Self.word(frame))
        }
        return words
    }

    @Test(arguments: [
        ("1", "5", #"{"type":"session.transfer","destination":"09810000003"}"#),
        ("2", "5", #"{"type":"session.transfer_extension","extension":"204"}"#),
        ("0", "6", #"{"type":"session.flow_transfer","flow_id":"operator"}"#),
    ])
    func `A digit connects, behind an announcement that is heard whole`(
        digit: String,
        announcement: String,
        message: String
    ) async throws {
        let prompts = try Self.prompts()
        try await RunningServer.run(Self.bot(prompts)) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await Self.words(client, until: "1")
            try await client.send(Wire.digit(digit))
            let words = try await Self.words(client, until: message)
            #expect(words.suffix(2) == [announcement, message])
            #expect(try await BotTests.leave(client) == 1000)
            let ended = try await serving.observed.ended()[0]
            #expect(ended.reason.code == "transfer" && ended.summary.transfer != nil)
        }
    }

    @Test func `A digit stops a long menu, which is cleared at the platform`() async throws {
        var prompts = try Self.prompts()
        prompts.menu = Self.prompt(1_000, milliseconds: 20_000)
        try await RunningServer.run(Self.bot(prompts)) { [prompts] serving in
            _ = prompts
            let client = try await serving.call(following: Wire.start())
            _ = try await Self.words(client, until: "1")
            try await client.send(Wire.digit("2"))
            let frames = try await client.frames { $0.text == Wire.clear }
            #expect(frames.count < 950)
            let message = #"{"type":"session.transfer_extension","extension":"204"}"#
            #expect(try await Self.words(client, until: message) == ["5", message])
            #expect(try await BotTests.leave(client) == 1000)
            #expect(try await serving.observed.ended()[0].summary.interruptions == 1)
        }
    }

    @Test func `Speech stops a long menu too`() async throws {
        var prompts = try Self.prompts()
        prompts.menu = Self.prompt(1_000, milliseconds: 20_000)
        try await RunningServer.run(Self.bot(prompts)) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await Self.words(client, until: "1")
            // A line that is quiet first, as lines are: a hum from the first sample on is the line's own.
            let vowel = Tone.samples(of: Tone.together([180, 360, 540, 720, 1_100]), rate: 8_000, count: 8_000)
            let speech = [Int16](repeating: 0, count: 4_000) + vowel
            for start in stride(from: 0, to: speech.count, by: 160) {
                try await client.send(Wire.media(Wire.bytes(Array(speech[start..<start + 160]))))
            }
            let frames = try await client.frames { $0.text == Wire.clear }
            #expect(frames.last?.text == Wire.clear && frames.count < 950)
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
        }
    }

    @Test func `Nine repeats the menu, another digit is bad input`() async throws {
        let prompts = try Self.prompts()
        try await RunningServer.run(Self.bot(prompts)) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await Self.words(client, until: "1")
            try await client.send(Wire.digit("9"))
            _ = try await client.frames { $0.text == Wire.clear || Self.word($0) == "1" }
            try await client.send(Wire.digit("7"))
            #expect(try await Self.words(client, until: "3").last == "3")
            #expect(try await Self.words(client, until: "1").last == "1")
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
        }
    }

    @Test func `A caller who chooses nothing hears goodbye to its last sample before the hang-up`() async throws {
        let prompts = try Self.prompts()
        try await RunningServer.run(Self.bot(prompts, noInputTimeout: .milliseconds(30), attempts: 2)) { serving in
            let client = try await serving.call(following: Wire.start())
            let frames = try await client.frames { $0.text == Wire.hangUp }
            var words: [String] = []
            for word in frames.map(Self.word) where words.last != word { words.append(word) }
            #expect(words == ["1", "2", "1", "2", "7", Wire.hangUp])
            let goodbye = frames.filter { Self.word($0) == "7" }.compactMap(Wire.audio).map(\.count).reduce(0, +)
            #expect(goodbye >= 60 * 16 - 320)
            #expect(try await BotTests.leave(client) == 1000)
            let ended = try await serving.observed.ended()[0]
            #expect(ended.reason.code == "hangup" && ended.summary.interruptions == 0)
            #expect(ended.summary.samplesSent == ended.summary.samplesHeard)
        }
    }

    @Test func `Three says back what the caller says after the tone`() async throws {
        let prompts = try Self.prompts()
        try await RunningServer.run(Self.bot(prompts)) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await Self.words(client, until: "1")
            try await client.send(Wire.digit("3"))
            _ = try await Self.words(client, until: "4")
            // The caller's line is never silent: quiet until the bot listens, then of a level of its own.
            let speaking = Task {
                while !Task.isCancelled {
                    try await client.send(Wire.media(Wire.bytes([Int16](repeating: 9_000, count: 160))))
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            defer { speaking.cancel() }
            #expect(try await Self.words(client, until: "9").last == "9")
            // The menu follows.
            #expect(try await Self.words(client, until: "1").last == "1")
            speaking.cancel()
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
        }
    }
}
