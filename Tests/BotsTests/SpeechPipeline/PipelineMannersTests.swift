// SPDX-License-Identifier: Apache-2.0

import Bots
import CallSession
import Synchronization
import Testing
import VoiceBridge
import VoiceBridgeTesting

@Suite struct PipelineMannersTests {
    let clock = VirtualPipelineClock()

    @Test("A reply that is protected is heard whole, and what was said meanwhile is answered after it")
    func protected() throws {
        let generator = ScriptedGenerator { occasion, _, reply in
            if case .said(let words) = occasion {
                try await reply.write("You said \(words.text).")
            } else {
                try await reply.write(
                    "This call is recorded, whatever you may think of that.",
                    interruption: .protected
                )
            }
        }
        let recognizer = ScriptedRecognizer(["hey"], clock: clock)
        let scene = try PipelineScene(clock: clock, recognizer: recognizer, generator: generator, speech: [1.0...2.0])
        #expect(
            scene.events == [
                "heard: hey", "said: This call is recorded, whatever you may think of that.", "said: You said hey.",
            ]
        )
        let notice = try #require(scene.times(of: "This call is recorded, whatever you may think of that."))
        let answer = try #require(scene.times(of: "You said hey."))
        #expect(notice.upperBound <= answer.lowerBound)
        #expect(!scene.result.commands.contains { $0.type == "audio.clear" })
    }

    @Test("A key stops a reply and is answered")
    func key() throws {
        let generator = ScriptedGenerator { occasion, _, reply in
            if case .pressed(let digit) = occasion {
                try await reply.write("You pressed \(digit).")
            } else {
                try await reply.write("Please press a key whenever you feel like it.")
            }
        }
        let scene = try PipelineScene(
            clock: clock,
            recognizer: ScriptedRecognizer([], clock: clock),
            generator: generator,
            digits: "5@1.0"
        )
        #expect(scene.events == ["said in part: Please", "said: You pressed 5."])
    }

    @Test("What a reply asks for is done once it was heard", arguments: ["transfer", "hang up"])
    func action(kind: String) throws {
        let generator = ScriptedGenerator { occasion, _, reply in
            try await reply.then(kind == "transfer" ? .transfer(.extension("204")) : .hangUp)
            try await reply.write("Goodbye then, and thank you.")
        }
        let scene = try PipelineScene(
            clock: clock,
            recognizer: ScriptedRecognizer([], clock: clock),
            generator: generator
        )
        let acts = kind == "transfer" ? "transfers: extension" : "hangs up"
        #expect(scene.events == ["said: Goodbye then, and thank you.", acts])
        let type = kind == "transfer" ? "session.transfer_extension" : "session.hangup"
        let command = try #require(scene.result.commands.last)
        #expect(command.type == type)
        #expect(command.time > .milliseconds(2_800))
        #expect(scene.result.endedBy == .bot)
        #expect(scene.result.playback.cut == 0)
        #expect(scene.summary?.reason.side == .bot)
    }

    @Test("A reply that is interrupted does nothing")
    func noAction() throws {
        let generator = ScriptedGenerator { occasion, _, reply in
            guard case .callBegan = occasion else { return }
            try await reply.write("I am going to hang up now, unless you say something.")
            try await reply.then(.hangUp)
        }
        let scene = try PipelineScene(
            clock: clock,
            recognizer: ScriptedRecognizer(["wait"], clock: clock),
            generator: generator,
            speech: [2.0...3.0]
        )
        #expect(scene.events == ["said in part: I am going to hang up", "heard: wait"])
        #expect(scene.result.endedBy == .caller)
    }

    @Test("Silence is told, again and again, but not while somebody speaks")
    func silence() throws {
        let generator = ScriptedGenerator { occasion, _, reply in
            if case .silent(let times) = occasion {
                try await reply.write("Are you there? This is number \(times).")
            } else {
                try await reply.write("A greeting of exactly four seconds, yes.")
            }
        }
        let scene = try PipelineScene(
            clock: clock,
            recognizer: ScriptedRecognizer([], clock: clock),
            generator: generator,
            settings: { $0.silence = .seconds(3) },
            seconds: 18
        )
        #expect(
            scene.events == [
                "said: A greeting of exactly four seconds, yes.", "said: Are you there? This is number 1.",
                "said: Are you there? This is number 2.",
            ]
        )
        let first = try #require(scene.times(of: "Are you there?"))
        #expect(first.lowerBound > 7.0 && first.lowerBound < 7.3)
    }

    private func shortSound(_ words: Transcript?, delay: Duration) throws -> PipelineScene {
        let generator = ScriptedGenerator { occasion, _, reply in
            switch occasion {
            case .callBegan: try await reply.write(Self.greeting)
            case .said(let words): try await reply.write("You said \(words.text).")
            default: try await reply.write("Pardon me please.")
            }
        }
        return try PipelineScene(
            clock: clock,
            recognizer: ScriptedRecognizer(words.map { [$0] } ?? [], clock: clock, delay: delay),
            generator: generator,
            speech: [2.0...2.3],
            seconds: 14
        )
    }

    private static let greeting = "One two three four five six seven eight nine ten. And then some more of it."

    @Test(
        "A cough or an uh-huh is no turn: the bot goes on, says all of it, and answers nothing",
        arguments: [nil, "Uh-huh.", "OK!"] as [Transcript?],
        [50, 900]
    )
    func cough(words: Transcript?, delay: Int) throws {
        let scene = try shortSound(words, delay: .milliseconds(delay))
        #expect(scene.events == ["said: \(Self.greeting)"])
        #expect(scene.result.commands.filter { $0.type == "audio.clear" }.count == 1)
        #expect(scene.result.violations == [])
    }

    @Test("A word that is understood is a turn, however short: the bot stops for it", arguments: [50, 900])
    func word(delay: Int) throws {
        let scene = try shortSound("Sales", delay: .milliseconds(delay))
        #expect(scene.events.first?.hasPrefix("said in part: One two three four") == true)
        #expect(scene.events.dropFirst() == ["heard: Sales", "said: You said Sales."])
        #expect(scene.result.violations == [])
    }

    @Test("The call is told how far an answer has come, also of what was done ahead")
    func measured() throws {
        let timings = Mutex<[TurnTimings]>([])
        let recognizer = ScriptedRecognizer(["blue", "green"], clock: clock, delay: .milliseconds(500))
        let scene = try PipelineScene(
            clock: clock,
            recognizer: recognizer,
            generator: SpeechPipelineTests.parrot,
            settings: { settings in
                let report = settings.report
                settings.report = { event in
                    if case .measured(let turn) = event.kind { timings.withLock { $0.append(turn) } }
                    report?(event)
                }
            },
            speech: [2.0...3.0, 7.0...7.5]
        )
        #expect(scene.result.violations == [])
        let found = timings.withLock { $0 }
        #expect(found.count == 2)
        for turn in found {
            let stages = TurnStage.allCases.compactMap { turn.stages[$0] }
            #expect(stages.count == 3)
            #expect(stages == stages.sorted())
            #expect(turn.stages[.recognized] ?? .zero > .milliseconds(850))
            #expect(stages.last ?? .zero <= turn.sent)
        }
    }
}
