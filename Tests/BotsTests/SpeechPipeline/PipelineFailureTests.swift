// SPDX-License-Identifier: Apache-2.0

import Bots
import CallSession
import Testing
import VoiceBridge
import VoiceBridgeTesting

@Suite struct PipelineFailureTests {
    let clock = VirtualPipelineClock()
    static let apology = "Oh dear, sorry."

    @Test(
        "A part that fails or hangs costs a turn: the caller hears an apology, and the next turn is answered",
        arguments: SpeechPipelineStage.allCases.prefix(3),
        Misdeed.allCases
    )
    func oneTurn(stage: SpeechPipelineStage, misdeed: Misdeed) throws {
        let recognizer = ScriptedRecognizer(["first", "second"], clock: clock) {
            $0 == 0 && stage == .recognizer ? misdeed : nil
        }
        let generator = ScriptedGenerator { [clock] occasion, _, reply in
            guard case .said(let words) = occasion else { return }
            if words == "first", stage == .generator { try await misdeed.commit(clock) }
            try await reply.write("You said \(words.text).")
        }
        var synthesizer = ScriptedSynthesizer(clock: clock)
        synthesizer.misdeed = { $0.contains("first") && stage == .synthesizer ? misdeed : nil }
        let scene = try PipelineScene(
            clock: clock,
            recognizer: recognizer,
            generator: generator,
            synthesizer: synthesizer,
            settings: { $0.apology = Self.apology },
            speech: [1.0...2.0, 14.0...15.0],
            seconds: 22
        )
        let first = stage == .recognizer ? [] : ["heard: first"]
        #expect(scene.events == first + ["failed: \(stage.rawValue)", "heard: second", "said: You said second."])
        let apology = try #require(scene.times(of: Self.apology))
        #expect(apology.lowerBound < 12)
        #expect(scene.result.endedBy == .caller)
        #expect(scene.result.violations == [])
    }

    @Test("A part that is broken for good ends the call after the third turn, with a failure")
    func broken() throws {
        let generator = ScriptedGenerator { _, _, _ in throw Broken() }
        let scene = try PipelineScene(
            clock: clock,
            recognizer: ScriptedRecognizer(["a", "b", "c"], clock: clock),
            generator: generator,
            speech: [4.0...5.0, 9.0...10.0],
            seconds: 30
        )
        #expect(
            scene.events == ["failed: generator", "heard: a", "failed: generator", "heard: b", "failed: generator"]
        )
        #expect(scene.summary?.reason.code == "bot_failed")
        #expect(scene.summary?.botError?.contains("the generator failed") == true)
    }

    @Test("A synthesizer that never spoke is apologised for with tones")
    func tones() throws {
        var synthesizer = ScriptedSynthesizer(clock: clock)
        synthesizer.misdeed = { _ in .fails }
        let scene = try PipelineScene(
            clock: clock,
            recognizer: ScriptedRecognizer([], clock: clock),
            generator: SpeechPipelineTests.parrot,
            synthesizer: synthesizer,
            seconds: 5
        )
        #expect(scene.events == ["failed: synthesizer"])
        #expect(scene.result.playback.heard > 2_000)
        #expect(scene.result.endedBy == .caller)
    }

    @Test("What was said before a reply broke off is remembered")
    func half() throws {
        let generator = ScriptedGenerator { occasion, _, reply in
            guard case .callBegan = occasion else { return }
            try await reply.write("The first sentence is fine. ")
            throw Broken()
        }
        let scene = try PipelineScene(
            clock: clock,
            recognizer: ScriptedRecognizer([], clock: clock),
            generator: generator
        )
        #expect(scene.events.last == "failed: generator")
    }

    @Test("A caller who leaves in the midst of everything leaves nothing behind", arguments: [1, 2, 3, 4, 5])
    func leaves(seconds: Int) throws {
        let scene = try PipelineScene(
            clock: clock,
            recognizer: ScriptedRecognizer(["blue"], clock: clock, delay: .seconds(1)),
            generator: SpeechPipelineTests.parrot,
            speech: [0.5...0.9],
            seconds: seconds
        )
        #expect(scene.result.endedBy == .caller)
        #expect(scene.summary?.reason.code != "bot_overdue")
        #expect(clock.nextDeadline == nil)
    }
}
