// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VoiceBridge

// From words to a reply.
extension Answer {
    /// Makes the reply, has it heard and does what it asked for; false when it was interrupted.
    func reply(to occasion: ReplyOccasion) async throws -> Bool {
        var conversation = pipeline.conversation
        // Begun before the caller is certain to be done, when the words are not remembered yet.
        let isAhead = state.withLock { !$0.isRemembered }
        if isAhead, case .said(let transcript) = occasion { conversation.append(.init(.caller, transcript.text)) }
        // Bounded by `maximumReply`.
        let (sentences, feed) = AsyncStream.makeStream(of: String.self)
        let context = conversation
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.generate(occasion, context, feed) }
            group.addTask {
                for await sentence in sentences { try await self.speak(sentence, context.start.language) }
            }
            try await group.waitForAll()
        }
        return try await conclude()
    }

    private func generate(
        _ occasion: ReplyOccasion,
        _ conversation: SpokenConversation,
        _ feed: AsyncStream<String>.Continuation
    ) async throws {
        defer { feed.finish() }
        let splitter = Mutex(SentenceSplitter())
        let limit = parts.settings.generationTimeout
        let deadline = Deadline(limit, clock: parts.clock)
        let writer = ReplyWriter { text, interruption in
            try self.checkWanted()
            deadline.progress()
            if !text.isEmpty { self.reach(.firstToken) }
            let text = self.admit(text, interruption)
            for sentence in splitter.withLock({ $0.append(text) }) { feed.yield(sentence) }
        } act: { action in
            try self.checkWanted()
            deadline.progress()
            self.state.withLock { $0.action = action }
        }
        try await deadline.watch {
            do {
                try await self.parts.generator.reply(to: occasion, in: conversation, into: writer)
            } catch {
                try Task.checkCancellation()
                throw SpeechPipelineError.failed(.generator, error)
            }
        } late: {
            self.ending.set(.failed(.late(.generator, limit)))
        }
        if let rest = splitter.withLock({ $0.finish() }) { feed.yield(rest) }
    }

    /// As much of the text as a reply may still hold.
    private func admit(_ text: String, _ interruption: InterruptionPolicy) -> String {
        state.withLock { state in
            if state.policy == nil { state.policy = interruption }
            let room = max(0, parts.settings.maximumReply - state.replyLength)
            let admitted = String(text.prefix(room))
            state.replyLength += admitted.count
            return admitted
        }
    }

    /// Throws when nobody wants the answer any more.
    func checkWanted() throws {
        try Task.checkCancellation()
        if ending.value != nil { throw CancellationError() }
    }
}
