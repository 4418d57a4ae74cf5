// SPDX-License-Identifier: Apache-2.0

import Bots
import CallSession
import Synchronization
import Testing
import VoiceBridge
import VoiceBridgeTesting

@Suite struct SpeechPipelineTests {
    let clock = VirtualPipelineClock()

    /// Greets, and answers what was said with `You said …`.
    static let parrot = ScriptedGenerator { occasion, _, reply in
        switch occasion {
        case .callBegan: try await reply.write("Hello there.")
        case .said(let words): try await reply.write("You said \(words.text).")
        default: try await reply.write("Pardon me please.")
        }
    }

    @Test("Greets, hears a turn to its end, and answers it")
    func dialogue() throws {
        let recognizer = ScriptedRecognizer(["blue", "green"], clock: clock)
        let scene = try PipelineScene(
            clock: clock,
            recognizer: recognizer,
            generator: Self.parrot,
            speech: [2.0...3.0, 7.0...7.5]
        )
        #expect(
            scene.events == [
                "said: Hello there.", "heard: blue", "said: You said blue.", "heard: green", "said: You said green.",
            ]
        )
        #expect(scene.result.violations == [])
        #expect(recognizer.counter.tally == Tally(begun: 2, done: 2))
        // From a little before the first sound to the end of the turn.
        #expect(recognizer.heard.allSatisfy { $0 > .milliseconds(900) && $0 < .milliseconds(2_100) })
    }

    @Test("Recognizer and synthesizer may want other rates than the line's", arguments: [16_000, 24_000])
    func rates(synthesizer rate: Int) throws {
        let recognizer = ScriptedRecognizer(["blue"], clock: clock, audioFormat: .linear16kHz)
        var synthesizer = ScriptedSynthesizer(clock: clock)
        synthesizer.rate = rate
        let scene = try PipelineScene(
            clock: clock,
            recognizer: recognizer,
            generator: Self.parrot,
            synthesizer: synthesizer,
            speech: [2.0...2.5],
            seconds: 7
        )
        #expect(scene.events == ["said: Hello there.", "heard: blue", "said: You said blue."])
        let level = Int(ScriptedSynthesizer.level(of: "You said blue."))
        let heard = scene.result.heard.filter { abs(Int($0) - level) <= 8 }
        #expect(abs(heard.count - 14 * 800) < 200)
    }

    @Test("The answer is ready when the caller is certain to be done: it was begun when the caller fell silent")
    func ahead() throws {
        let generator = ScriptedGenerator { [clock] occasion, _, reply in
            guard case .said = occasion else { return }
            try await clock.sleep(.milliseconds(150))
            try await reply.write("Here you are.")
        }
        let recognizer = ScriptedRecognizer(["blue"], clock: clock)
        let scene = try PipelineScene(clock: clock, recognizer: recognizer, generator: generator, speech: [1.0...2.0])
        let answer = try #require(scene.times(of: "Here you are."))
        // 400 ms until the end of speech is certain, 300 ms until the end of the turn is, and a frame or two.
        #expect(answer.lowerBound > 2.68 && answer.lowerBound < 2.80)
    }

    @Test("A caller who goes on after a pause is answered once, and all of it was heard")
    func resumed() throws {
        let recognizer = ScriptedRecognizer(["I want", "I want blue"], clock: clock)
        let generator = Self.parrot
        let scene = try PipelineScene(
            clock: clock,
            recognizer: recognizer,
            generator: generator,
            speech: [2.0...2.6, 3.15...3.8]
        )
        #expect(scene.events == ["said: Hello there.", "heard: I want blue", "said: You said I want blue."])
        #expect(scene.times(of: "You said I want.") == nil)
        #expect(recognizer.heard.count == 2)
        #expect(recognizer.heard[1] > .milliseconds(2_200))
        #expect(scene.result.violations == [])
    }

    @Test("Who interrupts is heard at once, and of the reply only what was heard is remembered")
    func bargeIn() throws {
        let seen = Mutex<[SpokenConversation.Line]>([])
        let generator = ScriptedGenerator { occasion, conversation, reply in
            switch occasion {
            case .callBegan:
                try await reply.write("One two three four five six seven eight nine ten. And then some more of it. ")
                try await reply.write("And even more that nobody will hear.")
            default:
                seen.withLock { $0 = conversation.lines }
                try await reply.write("Fine with me.")
            }
        }
        let recognizer = ScriptedRecognizer(["stop"], clock: clock)
        let synthesizer = ScriptedSynthesizer(clock: clock)
        let scene = try PipelineScene(
            clock: clock,
            recognizer: recognizer,
            generator: generator,
            synthesizer: synthesizer,
            speech: [2.0...3.0]
        )
        // The first sentence has 49 characters, 4.9 s: heard until 200 ms after 2.0 s.
        #expect(scene.events == ["said in part: One two three four", "heard: stop", "said: Fine with me."])
        let lines: [SpokenConversation.Line] = [
            .init(.bot, "One two three four", isCutOff: true), .init(.caller, "stop"),
        ]
        #expect(seen.withLock { $0 } == lines)
        let first = try #require(scene.times(of: "One two three four five six seven eight nine ten."))
        #expect(first.upperBound < 2.3)
        #expect(scene.times(of: "And then some more of it.") == nil)
        #expect(scene.result.commands.contains { $0.type == "audio.clear" })
        #expect(scene.result.violations == [])
    }

    @Test(
        "A caller who speaks before a reply has sounded stops it in whatever stage it is",
        arguments: SpeechPipelineStage.allCases.prefix(3)
    )
    func stopsEarly(stage: SpeechPipelineStage) throws {
        let slow = Misdeed.hangs
        let recognizer = ScriptedRecognizer(["first", "second"], clock: clock) {
            $0 == 0 && stage == .recognizer ? slow : nil
        }
        let generator = ScriptedGenerator { [clock] occasion, _, reply in
            guard case .said(let words) = occasion else { return }
            if words == "first", stage == .generator { try await slow.commit(clock) }
            try await reply.write("You said \(words.text).")
        }
        var synthesizer = ScriptedSynthesizer(clock: clock)
        synthesizer.misdeed = { $0.contains("first") && stage == .synthesizer ? slow : nil }
        let scene = try PipelineScene(
            clock: clock,
            recognizer: recognizer,
            generator: generator,
            synthesizer: synthesizer,
            speech: [1.0...2.0, 4.0...5.0]
        )
        let first = stage == .recognizer ? [] : ["heard: first"]
        #expect(scene.events == first + ["heard: second", "said: You said second."])
        let counter: Counter =
            switch stage {
            case .recognizer: recognizer.counter
            case .generator: generator.counter
            default: synthesizer.counter
            }
        #expect(counter.tally.cancelled == 1)
        #expect(scene.times(of: "You said first.") == nil)
        // What was not understood yet is part of what is heard next.
        if stage == .recognizer { #expect(recognizer.heard.last ?? .zero > .milliseconds(4_000)) }
    }
}
