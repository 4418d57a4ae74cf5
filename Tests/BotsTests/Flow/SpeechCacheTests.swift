// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

/// Says nothing until it is told to.
final class HeldSynthesizer: SpeechSynthesizer {
    private let gate = OneShot<Void>()
    private let started = Mutex(0)
    private let heedsCancellation: Bool

    init(heedsCancellation: Bool = true) { self.heedsCancellation = heedsCancellation }

    var count: Int { started.withLock { $0 } }

    func release() { gate.open() }

    func speak(_ text: String, language: String?, into speech: SpeechWriter) async throws {
        started.withLock { $0 += 1 }
        if heedsCancellation {
            try await gate.get()
        } else {
            try await Task.detached { try await self.gate.get() }.value
        }
        try await speech.write(.tone(frequency: 500, duration: .milliseconds(100)))
    }
}

/// Cannot speak.
struct MuteSynthesizer: SpeechSynthesizer {
    func speak(_ text: String, language: String?, into speech: SpeechWriter) async throws {
        if text == "fails" { throw FlowError(description: "hoarse") }
    }
}

@Suite("Texts that were said")
struct SpeechCacheTests {
    @Test("are said once for each language, and kept whole")
    func once() async throws {
        let synthesizer = ToneSynthesizer()
        let cache = SpeechCache(synthesizer)
        for _ in 0..<3 {
            #expect(try await cache.prompt("Hello", language: nil).duration == .milliseconds(200))
            #expect(try await cache.prompt("Hello", language: "en-IN").text == "Hello")
        }
        #expect(synthesizer.texts == ["Hello", "en-IN: Hello"])
        #expect(cache.byteCount == 2 * 3_200 * 2)
    }

    @Test("are bounded: what was used longest ago goes first, and what is too large is not kept")
    func bounded() async throws {
        let synthesizer = ToneSynthesizer()
        let cache = SpeechCache(synthesizer, maximumBytes: 2 * 6_400)
        for text in ["a", "b", "a", "c", "a", "b"] { _ = try await cache.prompt(text, language: nil) }
        #expect(synthesizer.texts == ["a", "b", "c", "b"])
        #expect(cache.byteCount == 2 * 6_400)
        let small = SpeechCache(synthesizer, maximumBytes: 6_399)
        _ = try await small.prompt("a", language: nil)
        #expect(small.byteCount == 0)
    }

    @Test("are said once for all who wait, and whoever leaves waits no more")
    func shared() async throws {
        let synthesizer = HeldSynthesizer()
        let cache = SpeechCache(synthesizer)
        let leaver = Task { try await cache.prompt("Hello", language: nil) }
        let stayer = Task { try await cache.prompt("Hello", language: nil) }
        leaver.cancel()
        await #expect(throws: CancellationError.self) { try await leaver.value }
        synthesizer.release()
        #expect(try await stayer.value.text == "Hello")
        #expect(synthesizer.count == 1)
    }

    @Test("a failure is told, and the next who asks has another try")
    func failure() async throws {
        let cache = SpeechCache(MuteSynthesizer())
        for _ in 0..<2 {
            await #expect(throws: FlowError(description: "hoarse")) { try await cache.prompt("fails", language: nil) }
        }
        await #expect(throws: FlowError(description: "the synthesizer made no sound")) {
            try await cache.prompt("x", language: nil)
        }
    }

    @Test("a text that takes too long is given up, even when the synthesizer goes on; what it makes then is kept")
    func deadline() async throws {
        let synthesizer = HeldSynthesizer(heedsCancellation: false)
        let cache = SpeechCache(synthesizer, deadline: .milliseconds(1))
        let late = FlowError(description: "the synthesizer took longer than 0.001 seconds")
        await #expect(throws: late) { try await cache.prompt("Hello", language: nil) }
        synthesizer.release()
        while cache.byteCount == 0 { await Task.yield() }
        #expect(try await cache.prompt("Hello", language: nil).text == "Hello")
        #expect(synthesizer.count == 1)
    }

    @Test("a flow says its constant texts beforehand, and on the call what it is told")
    func onCall() async throws {
        let folder = try FlowFixture.Folder()
        let yaml = """
            language: en-IN
            sections:
              a:
                - say: Hello.
                - say: "You call {{call.to}}."
                - say: {text: Adieu., language: fr}
            """
        let synthesizer = ToneSynthesizer()
        let file = try folder.write("flow.yaml", yaml.utf8)
        let bot = try FlowBot(file: file, resources: FlowBot.Resources(synthesizer: synthesizer))
        // In virtual time a call does not wait for what is said elsewhere.
        let speech = try #require(bot.speech)
        for (text, language) in [("Hello.", "en-IN"), ("Adieu.", "fr"), ("You call 18000000002.", "en-IN")] {
            _ = try await speech.prompt(text, language: language)
        }
        #expect(Set(synthesizer.texts) == ["en-IN: Hello.", "fr: Adieu.", "en-IN: You call 18000000002."])
        let call = try Conversation(bot) { $0.duration = .seconds(20) }
        #expect(call.result.playback.heard == 3 * 1_600)
        #expect(call.commands == ["session.hangup"])
        #expect(synthesizer.texts.count == 3)
    }
}
