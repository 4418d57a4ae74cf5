// SPDX-License-Identifier: Apache-2.0

import CallModel

/// A call of a tool that is not settled.
struct OpenCall: Sendable {
    var call: FunctionCall
    /// Whether the tool runs, or has run.
    var isStarted = false
    /// What came of it, while other calls of its answer are open or the answer is not over.
    var outcome: ToolOutcome?
    /// When it is answered for the tool.
    var deadline: CallInstant?
    /// When words are said to bridge the wait.
    var fillerAt: CallInstant?
    /// The session that made the call is gone.
    var isForeign = false
    /// The answer that made the call is complete.
    var isAnswerOver = false
    /// That answer said something.
    var hasSpoken = false
}

// Tools: run at once, or once the answer is over; answered all together.
extension RealtimeSession {
    /// The model calls a function, told once or twice.
    mutating func called(_ call: FunctionCall, at now: CallInstant) {
        guard phase == .ready, !calls.contains(where: { $0.call.id == call.id }) else { return }
        figures.toolCalls += 1
        guard calls.count < Self.maximumCalls else {
            return send { $0.output(ofCall: call.id, #"{"error":"too many calls at once"}"#) }
        }
        var open = OpenCall(call: call)
        open.isAnswerOver = running?.id != call.response
        calls.append(open)
        guard let tool = tools.first(where: { $0.name == call.name }) else {
            note("the model calls the function '\(call.name.prefixed(toBytes: 64))', which it was not told of")
            calls[calls.count - 1].outcome = .answer(#"{"error":"there is no such function"}"#)
            return
        }
        if !tool.runsAfterAnswer { start(calls.count - 1, tool, at: now) }
    }

    private mutating func start(_ index: Int, _ tool: ToolDescription, at now: CallInstant) {
        calls[index].isStarted = true
        calls[index].deadline = now + tool.timeout
        calls[index].fillerAt = tool.filler.map { now + $0.after }
        outputs.append(.run(calls[index].call))
    }

    /// The answer that called them is over: tools that wait for that begin, and results are told.
    mutating func startHeldCalls(of response: String, hasSpoken: Bool, at now: CallInstant) {
        for index in calls.indices where calls[index].call.response == response {
            calls[index].isAnswerOver = true
            calls[index].hasSpoken = hasSpoken
            guard !calls[index].isStarted, calls[index].outcome == nil,
                let tool = tools.first(where: { $0.name == calls[index].call.name })
            else { continue }
            isLeaving = true
            start(index, tool, at: now)
        }
        settleCalls(of: response, at: now)
    }

    /// A tool has answered.
    mutating func toolFinished(_ id: String, _ outcome: ToolOutcome, at now: CallInstant) {
        guard phase != .over, let index = calls.firstIndex(where: { $0.call.id == id }),
            calls[index].outcome == nil
        else { return }
        calls[index].outcome = outcome
        calls[index].deadline = nil
        calls[index].fillerAt = nil
        settleCalls(of: calls[index].call.response, at: now)
        askForAnswer(at: now)
    }

    /// Tells the service the results of an answer's calls, once all are there and the answer is over.
    private mutating func settleCalls(of response: String, at now: CallInstant) {
        let round = calls.filter { $0.call.response == response }
        guard !round.isEmpty, round.allSatisfy({ $0.outcome != nil && ($0.isAnswerOver || $0.isForeign) }) else {
            return
        }
        guard phase == .ready || round.allSatisfy({ !$0.isForeign }) else { return }
        calls.removeAll { $0.call.response == response }
        var wantsAnswer = false
        for call in round {
            switch call.outcome {
            case .answer(let text):
                wantsAnswer = true
                tell(text, of: call)
            case .silentAnswer(let text): tell(text, of: call)
            case .endCall(let farewell):
                wantsAnswer = false
                tell(#"{"ok":true}"#, of: call)
                guard let farewell, !call.hasSpoken else { return hangUp() }
                isLeaving = true
                requests = [.farewell(farewell)]
                return
            case .left:
                isLeaving = true
                return
            case nil: break
            }
        }
        if !calls.contains(where: { tool($0)?.runsAfterAnswer == true }) { isLeaving = hasHungUp }
        requests.removeAll { $0.isApart }
        if wantsAnswer { want(.plain, at: now) }
    }

    /// Tells a new session what came of the calls that the lost one made.
    mutating func settleForeignCalls(at now: CallInstant) {
        for call in calls where call.isForeign { settleCalls(of: call.call.response, at: now) }
    }

    private func tool(_ call: OpenCall) -> ToolDescription? { tools.first { $0.name == call.call.name } }

    private mutating func tell(_ text: String, of call: OpenCall) {
        let name = call.call.name
        context.add(.system, "The function \(name) was called with \(call.call.arguments) and answered: \(text)")
        guard call.isForeign else { return send { $0.output(ofCall: call.call.id, text) } }
        // The session that is there now knows nothing of the call.
        let names = settings.eventNames
        send { $0.message("The function \(name) answered: \(text)", by: .system, names) }
    }

    /// Answers for tools that take too long, and bridges the wait for those that are merely slow.
    mutating func advanceCalls(at now: CallInstant) {
        for call in calls {
            if let deadline = call.deadline, now >= deadline {
                outputs.append(.stop(call: call.call.id))
                note("the tool '\(call.call.name)' did not answer in time")
                toolFinished(call.call.id, .answer(#"{"error":"the function did not answer in time"}"#), at: now)
            } else if let fillerAt = call.fillerAt, now >= fillerAt,
                let index = calls.firstIndex(where: { $0.call.id == call.call.id })
            {
                calls[index].fillerAt = nil
                guard let filler = tool(call)?.filler, !callerSpeaks, items.isEmpty else { continue }
                want(.filler(filler.text), at: now)
                askForAnswer(at: now)
            }
        }
    }
}
