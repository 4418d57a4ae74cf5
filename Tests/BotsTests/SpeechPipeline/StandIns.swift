// SPDX-License-Identifier: Apache-2.0

import Bots
import Synchronization
import VoiceBridge

/// What a stand-in does instead of its work.
enum Misdeed: Sendable, CaseIterable {
    /// Throws.
    case fails
    /// Never comes back until it is cancelled.
    case hangs
    /// Never comes back, cancelled or not.
    case ignoresCancellation
}

struct Broken: Error {}

extension Misdeed {
    func commit(_ clock: VirtualPipelineClock) async throws {
        switch self {
        case .fails: throw Broken()
        case .hangs: try await clock.sleep(.seconds(3_600))
        // A task cannot be ended from outside; this one goes on for longer than its call.
        case .ignoresCancellation: await Task { try? await clock.sleep(.seconds(30)) }.value
        }
    }
}

/// How often something began, ended well and was cancelled.
struct Tally: Equatable {
    var begun = 0
    var done = 0
    var cancelled = 0
}

/// Counts what happens around some work.
final class Counter: Sendable {
    private let state = Mutex(Tally())
    var tally: Tally { state.withLock { $0 } }

    func count<Result>(_ work: () async throws -> Result) async throws -> Result {
        state.withLock { $0.begun += 1 }
        do {
            let result = try await work()
            state.withLock { $0.done += 1 }
            return result
        } catch {
            if error is CancellationError { state.withLock { $0.cancelled += 1 } }
            throw error
        }
    }
}

/// Understands what its script says, whatever it hears.
final class ScriptedRecognizer: SpeechRecognizer {
    let clock: VirtualPipelineClock
    let delay: Duration
    let misdeed: @Sendable (Int) -> Misdeed?
    let counter = Counter()
    let audioFormat: AudioFormat
    private let words: [Transcript]
    private let lengths = Mutex<[Duration]>([])
    private let turn = Mutex(0)
    /// How long each speech was that it heard to its end.
    var heard: [Duration] { lengths.withLock { $0 } }

    init(
        _ words: [Transcript],
        clock: VirtualPipelineClock,
        delay: Duration = .milliseconds(50),
        audioFormat: AudioFormat = .linear8kHz,
        misdeed: @escaping @Sendable (Int) -> Misdeed? = { _ in nil }
    ) {
        self.audioFormat = audioFormat
        self.words = words
        self.clock = clock
        self.delay = delay
        self.misdeed = misdeed
    }

    func recognize(_ speech: CallerSpeech, expecting expectation: SpeechExpectation) async throws -> Transcript {
        try await counter.count {
            let samples = await speech.samples()
            try Task.checkCancellation()
            lengths.withLock { $0.append(audioFormat.duration(ofSamples: samples.count)) }
            let turn = turn.withLock { turn in
                defer { turn += 1 }
                return turn
            }
            try await misdeed(turn)?.commit(clock)
            try await clock.sleep(delay)
            return turn < words.count ? words[turn] : ""
        }
    }
}

/// Answers with a closure.
struct ScriptedGenerator: ReplyGenerator {
    let counter = Counter()
    let answer: @Sendable (ReplyOccasion, SpokenConversation, ReplyWriter) async throws -> Void

    func reply(
        to occasion: ReplyOccasion,
        in conversation: SpokenConversation,
        into reply: ReplyWriter
    ) async throws {
        try await counter.count { try await answer(occasion, conversation, reply) }
    }
}

/// Speaks 100 ms of a loud constant per character, each in a chunk of its own, faster than it sounds.
struct ScriptedSynthesizer: SpeechSynthesizer {
    static let perCharacter = Duration.milliseconds(100)
    let clock: VirtualPipelineClock
    var rate = 8_000
    var delay = Duration.milliseconds(20)
    var misdeed: @Sendable (String) -> Misdeed? = { _ in nil }
    let counter = Counter()

    /// Told apart by its level.
    static func level(of text: String) -> Int16 {
        Int16(1_000 + text.unicodeScalars.reduce(0) { $0 + Int($1.value) } % 200 * 50)
    }

    func speak(_ text: String, language: String?, into speech: SpeechWriter) async throws {
        try await counter.count {
            try await clock.sleep(delay)
            try await misdeed(text)?.commit(clock)
            let piece = [Int16](repeating: Self.level(of: text), count: rate / 10)
            for _ in text {
                guard let chunk = AudioChunk(samples: piece, sampleRate: rate) else { return }
                try await speech.write(chunk)
            }
        }
    }
}
