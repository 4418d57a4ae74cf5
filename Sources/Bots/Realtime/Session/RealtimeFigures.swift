// SPDX-License-Identifier: Apache-2.0

import CallModel

/// What one call came to on the side of the realtime service.
public struct RealtimeFigures: Sendable, Equatable {
    /// Answers that ended, however.
    public var answers = 0
    /// Tokens the service counted: what went in, and what came out.
    public var inputTokens: Int64 = 0
    /// Tokens of the answers.
    public var outputTokens: Int64 = 0
    /// Answers that the caller cut short.
    public var interruptions = 0
    /// Pieces of audio that came after their answer was dead.
    public var lateDeltas = 0
    /// Errors that the service told and the call survived.
    public var faults = 0
    /// Texts that could not be read.
    public var malformed = 0
    /// Sessions that were lost and taken up again, or replaced for their age.
    public var reconnections = 0
    /// Caller audio dropped while there was no session, in bytes of the session's format.
    public var droppedBytes = 0
    /// Functions called by the model.
    public var toolCalls = 0
    /// Times from the end of a turn to the first audio of the answer: how many, their sum and the longest.
    public var responseTimes = 0
    /// The sum of those times.
    public var responseTimeSum: Duration = .zero
    /// The longest of those times.
    public var longestResponseTime: Duration = .zero

    mutating func answered(after time: Duration) {
        responseTimes += 1
        responseTimeSum += time
        longestResponseTime = max(longestResponseTime, time)
    }

    /// One line for the log.
    var line: String {
        let mean = responseTimes == 0 ? 0 : responseTimeSum.wholeMilliseconds / Int64(responseTimes)
        return "realtime: \(answers) answers, \(interruptions) interrupted, \(toolCalls) tool calls, "
            + "\(inputTokens) tokens in, \(outputTokens) out, first audio after \(mean) ms in the mean and "
            + "\(longestResponseTime.wholeMilliseconds) ms at most, \(reconnections) reconnections, \(faults) errors, "
            + "\(lateDeltas) late deltas, \(droppedBytes) bytes of the caller dropped"
    }
}
