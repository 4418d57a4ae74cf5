// SPDX-License-Identifier: Apache-2.0

internal import CallModel

/// The calls of one application that run, and those that are over.
struct CALLRCalls {
    /// A call that runs.
    struct Running {
        /// What came of a command, or why nothing comes of it.
        typealias Outcome = Result<CALLRResult, CALLRCallError>

        /// Most requests of one call that wait at a time.
        static let maximumHeld = 16

        var conversation: CALLRConversation
        /// Those who wait for the answer to the open question.
        var held: [AsyncStream<CALLRResponse>.Continuation] = []
        /// The program while it waits for what comes of its command.
        var program: AsyncStream<Outcome>.Continuation?
        var tasks: [Task<Void, Never>] = []

        /// Takes a request and keeps its continuation when it has to wait.
        mutating func receive(
            _ request: CALLRRequest,
            _ continuation: AsyncStream<CALLRResponse>.Continuation
        ) -> CALLRConversation.Reception {
            let reception = conversation.receive(request)
            switch reception {
            case .answer, .stray: break
            case .hold:
                // The same request again and again: all get what the first would get at its deadline.
                if held.count == Self.maximumHeld, let response = conversation.postpone() {
                    answer(response)
                    return .answer(response)
                }
                held.append(continuation)
            case .deliver(let result):
                held.append(continuation)
                tell(.success(result))
            }
            return reception
        }

        /// Answers all who wait.
        mutating func answer(_ response: CALLRResponse) {
            for continuation in held {
                continuation.yield(response)
                continuation.finish()
            }
            held = []
        }

        /// Tells the program what came of its command.
        mutating func tell(_ outcome: Outcome) {
            program?.yield(outcome)
            program?.finish()
            program = nil
        }

        /// Lets go of everybody who waits.
        mutating func end(_ reason: CALLRCallError) {
            for continuation in held { continuation.finish() }
            held = []
            tell(.failure(reason))
            for task in tasks { task.cancel() }
        }
    }

    /// Calls that are over and remembered, for requests that come late.
    static let remembered = 4_096

    var running: [CallID: Running] = [:]
    var over = RecentSet<CallID>(capacity: remembered)
    /// Why they are over, of those that are remembered.
    var reasons: [CallID: CALLRCallError] = [:]

    /// Takes a call out; nil when it does not run.
    ///
    /// One that never ran is remembered too, so that its first request does not begin it when the last one came before it.
    mutating func end(_ call: CallID, _ reason: CALLRCallError) -> Running? {
        if reasons[call] == nil {
            if let forgotten = over.insertTellingDropped(call).dropped { reasons[forgotten] = nil }
            reasons[call] = reason
        }
        return running.removeValue(forKey: call)
    }
}
