// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VoiceBridge

/// The bot's answer to one thing: a caller's turn, a key, a silence, the beginning of the call.
///
/// It goes from the caller's audio to words, from words to a reply, from the reply to speech, all at once as far as each has got,
/// and may be told at any moment to stop. Whoever stops it does not wait for it.
final class Answer: Sendable {
    /// What is answered.
    enum Cause: Sendable {
        /// Something that is known.
        case occasion(ReplyOccasion)
        /// What the caller is saying.
        case speech(CallerSpeech)
    }

    /// How an answer ended.
    enum Ending: Sendable {
        /// It was heard to its end.
        case done
        /// It was interrupted or is not wanted.
        case stopped
        /// It could not be made.
        case failed(SpeechPipelineError)
    }

    struct State: Sendable {
        var text = SpokenText()
        var policy: InterruptionPolicy?
        var action: ReplyAction?
        var replyLength = 0
        var transcript: Transcript?
        /// Where the call's ledger stood when the first audio was handed over.
        var base: Duration?
        var isConfirmed = false
        var isRemembered = false
        var isAbandoned = false
        /// Whether the call took what the caller said for no speech.
        var isDoubtful = false
        var isMeasured = false
        /// Stages, in the order in which they were reached.
        var reached: [TurnStage] = []
    }

    let pipeline: PipelineState
    let cause: Cause
    /// The answer before this one, which may be speaking still.
    let previous: Answer?
    /// Open once the caller is done and the answer may be heard.
    let confirmed = OneShot<Void>()
    /// Open once the caller's audio has ended.
    let speechEnded = OneShot<Void>()
    let ending = OneShot<Ending>()
    /// Open once nothing more of it will be played.
    let ended = OneShot<Void>()
    let state = Mutex(State())

    init(_ cause: Cause, in pipeline: PipelineState, after previous: Answer?) {
        self.cause = cause
        self.pipeline = pipeline
        // Of a chain only the last link is of use.
        self.previous = previous?.ended.isOpen == true ? nil : previous
        if case .occasion = cause { confirm() }
    }

    var call: Call { pipeline.call }
    var parts: PipelineParts { pipeline.parts }

    /// Whether the caller's words, if it is about words, are known.
    var isUnderstood: Bool {
        guard case .speech = cause else { return true }
        return state.withLock { $0.transcript != nil }
    }

    /// Whether any of it was handed over to be played.
    var hasBegunToSpeak: Bool { state.withLock { $0.base != nil } }

    /// What may stop it; nil while it has no words.
    var policy: InterruptionPolicy? { state.withLock { $0.policy } }

    /// The caller is done: the answer may be heard.
    func confirm() {
        speechEnded.open()
        let transcript = state.withLock { state -> Transcript? in
            state.isConfirmed = true
            return Self.takeWords(&state)
        }
        if let transcript { pipeline.heard(transcript.text) }
        confirmed.open()
    }

    /// What the caller said is known.
    func understood(_ transcript: Transcript) {
        reach(.recognized)
        let isMeant = parts.settings.isMeant(transcript)
        let (words, isDoubtful) = state.withLock { state in
            state.transcript = transcript
            if state.isDoubtful, !isMeant { state.isAbandoned = true }
            return (Self.takeWords(&state), state.isDoubtful)
        }
        // What the bot said before is remembered before.
        if isDoubtful { decide(isMeant: isMeant) }
        if let words { pipeline.heard(words.text) }
    }

    /// The caller's words, once, when they are known and the caller is done.
    private static func takeWords(_ state: inout State) -> Transcript? {
        guard state.isConfirmed, !state.isRemembered, !state.isAbandoned, let transcript = state.transcript,
            !transcript.isEmpty
        else { return nil }
        state.isRemembered = true
        return transcript
    }

    /// Makes the answer.
    ///
    /// Returns when all of its parts have; ``ended`` is open before that, when a part does not heed that it is not wanted.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.work() }
            let ending = (try? await self.ending.get()) ?? .stopped
            group.cancelAll()
            await self.settle(ending)
            self.ended.open()
        }
    }

    private func work() async {
        do {
            let occasion = try await occasion()
            if try await reply(to: occasion) { ending.set(.done) }
        } catch let error as SpeechPipelineError {
            ending.set(.failed(error))
        } catch {
            // Cancelled, or the call is over.
            ending.set(.stopped)
        }
    }
}
