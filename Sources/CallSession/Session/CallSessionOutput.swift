// SPDX-License-Identifier: Apache-2.0

package import CallModel
public import VoiceBridge

/// What a session asks its surroundings to do, in order.
package enum CallSessionOutput: Sendable, Equatable {
    /// The call began: give it a bot.
    case startBot(CallStart)
    /// Hand the bot this range of ``CallSession/heardSamples``, whose first sample is at `position` of the caller's stream.
    case deliver(Range<Int>, position: Int64)
    /// Hand the bot an event that belongs behind the caller's audio up to `position`.
    case notify(Call.Event, position: Int64)
    /// Answer a request of the bot's.
    case reply(RequestID, BotReply)
    /// So many nanoseconds of streamed speech left the queue.
    case credit(Int64)
    /// The ledger changed; read heard positions from this one.
    case reading(LedgerReading)
    /// Tell the platform.
    case command(CallCommand)
    /// Ask the platform out of band; the answer comes back by ``CallSession/answered(_:failure:at:)`` under this number.
    case askOutOfBand(Int, CallAction)
    /// Nobody waits any more for what was asked out of band.
    case abandonOutOfBand(Int)
    /// The call could be moved to another server now: answer by
    /// ``CallSession/moveOn(to:shownAs:at:)`` or
    /// ``CallSession/waitToMove(for:at:)``, at once.
    case handOverDue
    /// Send this range of ``CallSession/wireBytes`` to the platform as one frame of audio.
    case audio(Range<Int>)
    /// The call is over for the bot: tell it and cancel its task.
    case endBot(EndReason, position: Int64)
    /// Close the WebSocket.
    case close(code: UInt16, reason: String)
    /// Everything about the call is settled, once.
    case finished(CallSummary)
    /// Worth a line in the log.
    case note(CallNote)
}

/// Something that happened on a call and that an operator may want to know.
public enum CallNote: Sendable, Equatable {
    /// The first message that could not be understood, in a few words; the rest are only counted.
    case malformedMessage(String)
    /// The first message of a name that the dialect does not know.
    case unknownMessage(String)
    /// The platform's marks come back before their audio can have been played; the clock is used from here on.
    case marksAreSuspect
    /// The platform complains, in its own words.
    case complaint(String)
    /// Something is wrong with the caller's audio; told once for each kind of fault.
    case badAudio(AudioFault)
    /// A turn was answered.
    case turnMeasured(TurnTimings)
    /// The platform did not end the call after a hang-up or transfer.
    case platformDidNotEnd(attempt: Int)
    /// The bot did not return within its grace after the call's end.
    case botOverdue
    /// The bot threw.
    case botFailed(String)
    /// More control events wait than the bot's inbox holds.
    case botTooSlow
    /// More of the bot's requests wait than are taken.
    case botTooFast
    /// The call's audio is recorded from here on, under this name.
    case recordingBegan(String)
    /// What an action out of band came to.
    case outOfBand(CallControlOutcome)
    /// What the bot has to say to an operator.
    case bot(String)
}
