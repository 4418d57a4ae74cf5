// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The number of something a bot asked for and awaits.
package struct RequestID: Sendable, Hashable {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }
}

/// When a hang-up or transfer takes effect.
public enum LeaveTiming: Sendable, Hashable {
    /// Once the caller has heard everything said before it.
    case afterPlayout
    /// At once; audio not yet heard is taken back.
    case now
}

/// What a bot asks of its call.
package enum BotRequest: Sendable {
    /// Deliver caller audio to the inbox from now on, first what was kept.
    case listen
    /// Append to the streamed utterance, opening one when none is open.
    ///
    /// The marks count from the chunk's beginning.
    case say(AudioChunk, [TextMark], InterruptionPolicy)
    /// The streamed utterance is complete; reply when it was played or interrupted, at once when none is open.
    case finishSpeech(RequestID)
    /// Queue a prompt; reply when it was played or interrupted.
    case play(RequestID, PlaybackID, Prompt, InterruptionPolicy)
    /// The bot no longer awaits this request: stop the prompt or the collection behind it.
    case cancel(RequestID)
    /// Take back all audio that was not heard.
    case flush
    /// Collect digits; reply with them.
    case collect(RequestID, DigitCollection)
    /// Throw away digits pressed so far.
    case discardDigits
    /// Throw away caller audio kept until the bot listens.
    case discardAudio
    /// Send keys down the line after the audio queued before; reply when written.
    case send(RequestID, DTMFString)
    /// Connect the caller elsewhere; reply when the platform was told.
    case transfer(RequestID, TransferTarget, LeaveTiming)
    /// End the call; the reply is the end of the call itself.
    case hangUp(LeaveTiming, reason: String?)
    /// Run a stage on every chunk from the first kept one.
    case attach(any MediaStage)
    /// Listen for who answered, or stop that.
    case detectAnswering(AnsweringMethod?)
    /// Put a sound behind the conversation, or end it.
    case background(Prompt?, gain: Double, BackgroundOccasion)
    /// Go on with what speech of the caller's stopped.
    case resume
    /// Throw away what speech of the caller's stopped.
    case dropInterrupted
    /// A stage of the answer was reached.
    case report(TurnStage)
    /// The bot took the end of the caller's turn from its inbox.
    case tookTurn
    /// The bot works while the caller waits.
    case beginWork
    /// It has done a piece of that.
    case endWork
    /// Tell how much of a playback's text was heard.
    case heardText(RequestID, PlaybackID)
    /// Put a relay beside the call, made on the call's event loop.
    case attachRelay(@Sendable (any RelayLink) -> any CallRelay)
    /// Hand the relay a message.
    case tellRelay(any Sendable)
    /// Begin, pause or resume what is recorded of the call.
    case record(RecordingAction)
    /// The bot's task returned.
    case returned
    /// The bot's task threw.
    case failed(String)
}

/// The answer to a request that a bot awaits.
package enum BotReply: Sendable, Equatable {
    /// It was done.
    case done
    /// A prompt or utterance ended.
    case playback(PlaybackOutcome)
    /// A collection ended.
    case digits(CollectedDigits)
    /// What was heard of a playback's text.
    case text(String)
    /// It was refused.
    case failed(CallError)
}
