// SPDX-License-Identifier: Apache-2.0

public import CallModel

extension Call {
    /// Plays a prompt behind everything queued before it and waits until the caller heard it or it was stopped.
    ///
    /// - Parameters:
    ///   - prompt: what to play.
    ///   - interruption: what of the caller's may stop it.
    /// - Returns: whether it was heard whole, or how far.
    /// - Throws: ``CallError`` when the call is over or leaving; `CancellationError` when the task was cancelled, which also
    ///   stops the prompt.
    @discardableResult
    public func play(_ prompt: Prompt, interruption: InterruptionPolicy = .allowed) async throws -> PlaybackOutcome {
        let playback = PlaybackID(inbox.makeNumber())
        guard case .playback(let outcome) = try await ask({ .play($0, playback, prompt, interruption) }) else {
            return .finished
        }
        return outcome
    }

    /// Says a piece of streamed speech: appends it to the utterance that is open, or opens one.
    ///
    /// Returns when the piece is queued; waits first while more than the route's `maximum_queue` (1 min) is queued, so that
    /// a generator faster than speech is held back. An utterance starts to play once 60 ms of it are there, or when it is
    /// finished.
    ///
    /// - Parameters:
    ///   - chunk: audio in the bot's format.
    ///   - text: what is said from the chunk's beginning on, as far as it is known; a text lasts until the next.
    ///   - marks: where in the chunk pieces of text begin, in place of `text`.
    ///   - interruption: what of the caller's may stop the utterance; the first piece decides.
    /// - Throws: ``CallError`` when the chunk's format is not the bot's or the call is over; `CancellationError`.
    public func say(
        _ chunk: AudioChunk,
        text: String? = nil,
        marks: [TextMark] = [],
        interruption: InterruptionPolicy = .allowed
    ) async throws {
        guard chunk.format.sampleRate == audioFormat.sampleRate else {
            throw CallError.wrongFormat(expected: audioFormat, actual: chunk.format)
        }
        guard chunk.sampleCount > 0 else { return }
        try await inbox.takeCredit(chunk.duration.wholeNanoseconds)
        let marks = marks.isEmpty ? text.map { [TextMark($0, at: .zero)] } ?? [] : marks
        port.submit(.say(chunk, marks, interruption))
    }

    /// Ends the utterance that ``say(_:text:marks:interruption:)`` opened and waits until the caller heard it or it was stopped.
    ///
    /// - Returns: how it ended; `finished` when no utterance is open.
    @discardableResult
    public func finishSpeech() async throws -> PlaybackOutcome {
        guard case .playback(let outcome) = try await ask({ .finishSpeech($0) }) else { return .finished }
        return outcome
    }

    /// Takes back everything said that the caller has not heard; prompts that wait end as interrupted.
    public func flush() {
        port.submit(.flush)
    }
}
