// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VoiceBridge

// From a reply to what the caller hears.
extension Answer {
    /// Speaks one sentence, behind those before it.
    func speak(_ sentence: String, _ language: String?) async throws {
        let converter = RateConverter(to: call.audioFormat)
        let limit = parts.settings.synthesisTimeout
        let deadline = Deadline(limit, clock: parts.clock)
        state.withLock { $0.text.begin(sentence) }
        let writer = SpeechWriter { chunk in
            // From here on it is the caller's ear that is waited for.
            deadline.suspend()
            self.reach(.firstAudio)
            for piece in converter.convert(chunk) { try await self.say(piece) }
            deadline.progress()
        }
        try await deadline.watch {
            do {
                try await self.parts.synthesizer.speak(sentence, language: language, into: writer)
            } catch {
                try self.checkWanted()
                throw error is CallError ? error : SpeechPipelineError.failed(.synthesizer, error)
            }
        } late: {
            self.ending.set(.failed(.late(.synthesizer, limit)))
        }
    }

    private func say(_ piece: AudioChunk) async throws {
        if !hasBegunToSpeak { try await beginToSpeak() }
        try checkWanted()
        let policy = state.withLock { state in
            state.text.append(piece.duration)
            return state.policy ?? .allowed
        }
        try await call.say(piece, interruption: policy)
    }

    /// Waits until the caller is done, and until whatever is being said has been heard.
    private func beginToSpeak() async throws {
        try await confirmed.get()
        try await previous?.ended.get()
        try checkWanted()
        let position = call.heard.position
        state.withLock { $0.base = position }
    }

    /// Waits until the reply was heard, remembers it, and does what it asked for; false when it was interrupted.
    func conclude() async throws -> Bool {
        try await confirmed.get()
        try await previous?.ended.get()
        if hasBegunToSpeak {
            let duration = state.withLock { $0.text.duration }
            let limit = duration + .seconds(15)
            let outcome = try await Deadline(limit, clock: parts.clock).watch {
                try await self.call.finishSpeech()
            } late: {
                self.ending.set(.failed(.late(.playback, limit)))
            }
            guard case .finished = outcome else {
                stop()
                return false
            }
        }
        try checkWanted()
        let (text, action) = state.withLock { ($0.text.text, $0.action) }
        pipeline.said(text, isCutOff: false)
        if let action { try await perform(action) }
        return true
    }

    private func perform(_ action: ReplyAction) async throws {
        pipeline.report(.acts(action))
        do {
            switch action {
            case .transfer(let target):
                try await call.transfer(to: target)
                pipeline.finished.set(nil)
            case .hangUp: try await call.hangUp()
            case .send(let digits): try await call.send(digits: digits)
            }
        } catch {
            try Task.checkCancellation()
            if let error = error as? CallError, error.endReason != nil { throw error }
            throw SpeechPipelineError.failed(.action, error)
        }
    }
}
