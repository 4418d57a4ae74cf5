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
        var language: String?
    }

    typealias Waiter = CheckedContinuation<Prompt, any Error>

    struct State {
        var entries: [Key: Entry] = [:]
        /// Who waits for a text that is being said, by number.
        var waiters: [Key: [UInt64: Waiter]] = [:]
        var bytes = 0
        /// Numbers uses and waiters.
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
    init(_ synthesizer: any SpeechSynthesizer, maximumBytes: Int = 64 << 20, deadline: Duration = .seconds(15)) {
        self.synthesizer = synthesizer
        self.maximumBytes = maximumBytes
        self.deadline = deadline
    }

    /// Bytes of samples that are kept.
    var byteCount: Int { state.withLock { $0.bytes } }

    /// A text as audio; waits until it is said.
    ///
    /// - Throws: what keeps it from being said; `CancellationError`.
    func prompt(_ text: String, language: String?) async throws -> Prompt {
        let key = Key(text: text, language: language)
        let number = state.withLock { state -> UInt64 in
            state.count += 1
            return state.count
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                enum Step { case ready(Prompt), cancelled, begin, wait }
                let step = state.withLock { state -> Step in
                    if let prompt = state.use(key, as: number) { return .ready(prompt) }
                    guard !Task.isCancelled else { return .cancelled }
                    let isFirst = state.waiters[key] == nil
                    state.waiters[key, default: [:]][number] = waiter
                    return isFirst ? .begin : .wait
                }
                switch step {
                case .ready(let prompt): waiter.resume(returning: prompt)
                case .cancelled: waiter.resume(throwing: CancellationError())
                // A task of its own: the call that came first may end before the text is said, and others want it too.
                case .begin: Task { await self.say(key) }
                case .wait: return
                }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters[key]?.removeValue(forKey: number) }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// Says a text and tells all who wait for it.
    private func say(_ key: Key) async {
        let result: Result<Prompt, any Error>
        do {
            result = .success(try await spoken(key))
        } catch {
            result = .failure(error)
        }
        let waiters = state.withLock { state -> [Waiter] in
            if case .success(let prompt) = result { state.keep(prompt, for: key, maximumBytes: maximumBytes) }
            return state.waiters.removeValue(forKey: key).map { Array($0.values) } ?? []
        }
        for waiter in waiters { waiter.resume(with: result) }
    }

    private func spoken(_ key: Key) async throws -> Prompt {
        let (synthesizer, deadline) = (synthesizer, deadline)
        return try await withThrowingTaskGroup(of: Prompt?.self) { group in
            group.addTask {
                let speech = SpeechCollector()
                try await synthesizer.speak(key.text, language: key.language, into: SpeechWriter(speech.take))
                return try speech.prompt(text: key.text)
            }
            group.addTask {
                try await Task.sleep(for: deadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let prompt = try await group.next().flatMap({ $0 }) else {
                throw FlowError(description: "the synthesizer took longer than \(deadline)")
            }
            return prompt
        }
    }
}

extension SpeechCache.State {
    /// What is kept of a text, used now.
    mutating func use(_ key: SpeechCache.Key, as number: UInt64) -> Prompt? {
        guard let index = entries.index(forKey: key) else { return nil }
        entries.values[index].lastUse = number
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
