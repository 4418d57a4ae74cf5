// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
package import VoiceBridge

/// Texts that were said once, so that they need not be said again: bounded in bytes, what was used longest ago goes first.
///
/// A text that several calls want at the same time is said once.
package final class SpeechCache: Sendable {
    /// What a text is known by.
    struct Key: Hashable {
        var text: String
        var language: String?
    }

    typealias Outcome = OneShot<Result<Prompt, any Error>>

    struct State {
        var entries: [Key: Entry] = [:]
        /// Texts that are being said.
        var pending: [Key: Outcome] = [:]
        var bytes = 0
        /// Numbers uses.
        var count: UInt64 = 0
    }

    struct Entry {
        var prompt: Prompt
        var bytes: Int
        var lastUse: UInt64
    }

    private let synthesizer: any SpeechSynthesizer
    private let maximumBytes: Int
    private let deadline: Duration
    private let state = Mutex(State())

    /// Longest text as audio: five minutes at 48 kHz.
    static let maximumSamples = 5 * 60 * 48_000

    /// An empty cache.
    ///
    /// - Parameters:
    ///   - synthesizer: says what is not in it.
    ///   - maximumBytes: of samples that are kept; a text that alone has more is not kept.
    ///   - deadline: how long a text may take.
    package init(
        _ synthesizer: any SpeechSynthesizer,
        maximumBytes: Int = 64 << 20,
        deadline: Duration = .seconds(15)
    ) {
        self.synthesizer = synthesizer
        self.maximumBytes = maximumBytes
        self.deadline = deadline
    }

    /// Bytes of samples that are kept.
    var byteCount: Int { state.withLock { $0.bytes } }

    /// A text as audio; waits until it is said.
    ///
    /// - Throws: what keeps it from being said; `CancellationError`.
    package func prompt(_ text: String, language: String?) async throws -> Prompt {
        let key = Key(text: text, language: language)
        enum Step { case ready(Prompt), wait(Outcome), begin(Outcome) }
        let step = state.withLock { state -> Step in
            if let prompt = state.use(key) { return .ready(prompt) }
            if let outcome = state.pending[key] { return .wait(outcome) }
            let outcome = Outcome()
            state.pending[key] = outcome
            return .begin(outcome)
        }
        switch step {
        case .ready(let prompt): return prompt
        case .wait(let outcome): return try await outcome.get().get()
        case .begin(let outcome):
            // A task of its own: the call that came first may end before the text is said, and others want it too.
            Task { await say(key, outcome) }
            return try await outcome.get().get()
        }
    }

    /// Says a text, and tells all who wait for it in time, even when the synthesizer does not heed that it is late.
    private func say(_ key: Key, _ outcome: Outcome) async {
        let work = Task {
            do {
                let speech = SpeechCollector()
                try await synthesizer.speak(key.text, language: key.language, into: SpeechWriter(speech.take))
                finish(key, outcome, .success(try speech.prompt(text: key.text)))
            } catch {
                finish(key, outcome, .failure(error))
            }
        }
        let deadline = deadline
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await outcome.get() }
            // The sleep is the deadline itself; it is cancelled when the speech is there before.
            group.addTask { try? await Task.sleep(for: deadline) }
            await group.next()
            group.cancelAll()
        }
        guard outcome.value == nil else { return }
        work.cancel()
        finish(key, outcome, .failure(FlowError(description: "the synthesizer took longer than \(deadline)")))
    }

    private func finish(_ key: Key, _ outcome: Outcome, _ result: Result<Prompt, any Error>) {
        state.withLock { state in
            if state.pending[key] === outcome { state.pending[key] = nil }
            if case .success(let prompt) = result { state.keep(prompt, for: key, maximumBytes: maximumBytes) }
        }
        outcome.set(result)
    }
}

extension SpeechCache.State {
    /// What is kept of a text, used now.
    mutating func use(_ key: SpeechCache.Key) -> Prompt? {
        guard let index = entries.index(forKey: key) else { return nil }
        count += 1
        entries.values[index].lastUse = count
        return entries.values[index].prompt
    }

    /// Keeps a text, and no more than may be kept.
    mutating func keep(_ prompt: Prompt, for key: SpeechCache.Key, maximumBytes: Int) {
        let size = prompt.audio.sampleCount * 2
        guard size <= maximumBytes, entries[key] == nil else { return }
        count += 1
        entries[key] = SpeechCache.Entry(prompt: prompt, bytes: size, lastUse: count)
        bytes += size
        while bytes > maximumBytes, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries.removeValue(forKey: oldest.key)
            bytes -= oldest.value.bytes
        }
    }
}
