// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

/// What operators asked of one call and was not answered; used on the call's thread.
struct OperatorQuestions {
    /// The first number of a request of an operator's: a bot counts from 1 and never comes there.
    private static let first: UInt64 = 1 << 63

    private var next = Self.first
    private var waiting: [RequestID: OperatorReply<OperatorOutcome>] = [:]
    private var untilEnd: [OperatorReply<OperatorOutcome>] = []

    /// Whether a request is an operator's.
    static func holds(_ id: RequestID) -> Bool { id.number >= first }

    /// A number for a request, under which its answer is found.
    mutating func ask(_ reply: OperatorReply<OperatorOutcome>) -> RequestID {
        let id = RequestID(next)
        next += 1
        waiting[id] = reply
        return id
    }

    /// Keeps who waits for the end of the call.
    mutating func awaitEnd(_ reply: OperatorReply<OperatorOutcome>) { untilEnd.append(reply) }

    /// Who waits for an answer, once.
    mutating func take(_ id: RequestID) -> OperatorReply<OperatorOutcome>? { waiting.removeValue(forKey: id) }

    /// All who wait for anything, once.
    mutating func takeAll() -> [OperatorReply<OperatorOutcome>] {
        defer {
            waiting = [:]
            untilEnd = []
        }
        return untilEnd + waiting.values
    }
}
