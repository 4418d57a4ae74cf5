// SPDX-License-Identifier: Apache-2.0

import VoiceBridge

// From audio to words.
extension Answer {
    /// What is to be answered, once it is known.
    func occasion() async throws -> ReplyOccasion {
        switch cause {
        case .occasion(let occasion): return occasion
        case .speech(let speech):
            let transcript = try await recognize(speech)
            understood(transcript)
            try checkWanted()
            return transcript.isEmpty ? .notUnderstood : .said(transcript)
        }
    }

    private func recognize(_ speech: CallerSpeech) async throws -> Transcript {
        let expectation = parts.generator.expectation(in: pipeline.conversation)
        let limit = parts.settings.recognitionTimeout
        let deadline = Deadline(limit, clock: parts.clock, isSuspended: true)
        return try await withThrowingTaskGroup(of: Transcript?.self) { group in
            group.addTask {
                // The time that the caller takes is not the recognizer's.
                try await self.speechEnded.get()
                deadline.progress()
                return nil
            }
            group.addTask {
                try await deadline.watch {
                    do {
                        return try await self.parts.recognizer.recognize(speech, expecting: expectation)
                    } catch {
                        try Task.checkCancellation()
                        throw SpeechPipelineError.failed(.recognizer, error)
                    }
                } late: {
                    self.ending.set(.failed(.late(.recognizer, limit)))
                }
            }
            defer { group.cancelAll() }
            while let transcript = try await group.next() {
                if let transcript { return transcript }
            }
            throw CancellationError()
        }
    }
}
