// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import VoiceBridge

/// Texts that were said once, so that they need not be said again: bounded in bytes, what was used longest ago goes first.
///
/// A text that several calls want at the same time is said once.
final class SpeechCache: Sendable {
    /// What a text is known by.
    struct Key: Hashable {
        var text: String
        var voice: String?
    }

    private struct Entry {
        var prompt: Prompt
        var bytes: Int
        var lastUse: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var pending: [Key: Task<Prompt, any Error>] = [:]
        var bytes = 0
        var uses: UInt64 = 0
    }

    private let synthesizer: any FlowSynthesizer
    private let maximumBytes: Int
    private let state = Mutex(State())

    /// An empty cache.
    ///
    /// - Parameters:
    ///   - synthesizer: says what is not in it.
    ///   - maximumBytes: of samples that are kept; a text that alone has more is not kept.
    init(_ synthesizer: any FlowSynthesizer, maximumBytes: Int = 64 << 20) {
        self.synthesizer = synthesizer
        self.maximumBytes = maximumBytes
    }

    /// Bytes of samples that are kept.
    var byteCount: Int { state.withLock { $0.bytes } }

    /// A text as audio.
    func prompt(_ text: String, voice: String?) async throws -> Prompt {
        let key = Key(text: text, voice: voice)
        enum Step { case ready(Prompt), wait(Task<Prompt, any Error>) }
        let synthesizer = synthesizer
        let step = state.withLock { state -> Step in
            state.uses += 1
            if state.entries[key] != nil {
                state.entries[key]?.lastUse = state.uses
                if let entry = state.entries[key] { return .ready(entry.prompt) }
            }
            if let task = state.pending[key] { return .wait(task) }
            // Its own task: the call that came first may end before the text is said, and others still want it.
            let task = Task { Prompt(try await synthesizer.speak(text, voice: voice), text: text) }
            state.pending[key] = task
            return .wait(task)
        }
        switch step {
        case .ready(let prompt): return prompt
        case .wait(let task):
            let result = await task.result
            keep(result, for: key)
            return try result.get()
        }
    }

    private func keep(_ result: Result<Prompt, any Error>, for key: Key) {
        state.withLock { state in
            guard state.pending.removeValue(forKey: key) != nil, case .success(let prompt) = result else { return }
            let bytes = prompt.audio.sampleCount * 2
            guard bytes <= maximumBytes else { return }
            state.entries[key] = Entry(prompt: prompt, bytes: bytes, lastUse: state.uses)
            state.bytes += bytes
            while state.bytes > maximumBytes,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.entries.removeValue(forKey: oldest.key)
                state.bytes -= oldest.value.bytes
            }
        }
    }
}
