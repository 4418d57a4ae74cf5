// SPDX-License-Identifier: Apache-2.0

internal import CallModel
internal import Synchronization

extension CALLRRealTime {
    /// Makes sure that a request's call runs, and begins it if this is its first request; false when it may not run.
    func begin(_ request: CALLRRequest) -> Bool {
        enum Place { case running, over, unknown, full, begun }
        let call = request.call
        let place = state.withLock { state -> Place in
            if state.running[call] != nil { return .running }
            if state.reasons[call] != nil { return .over }
            guard request.commandID == nil else { return .unknown }
            guard state.running.count < limits.calls else { return .full }
            var entry = CALLRCalls.Running(conversation: CALLRConversation(prefix: makePrefix()))
            entry.tasks = [
                Task { await self.run(request) },
                Task {
                    // The bound of a call's life, which ends with the call.
                    try? await self.sleep(self.limits.longest)
                    if !Task.isCancelled { self.end(call, .tooLong) }
                },
            ]
            state.running[call] = entry
            return .begun
        }
        switch place {
        case .running: return true
        case .over: return false
        case .unknown: report(.unknown, call)
        case .full: report(.full, call)
        case .begun: report(.began, call)
        }
        return place == .begun
    }

    /// Runs a call's program, and hangs up behind it.
    private func run(_ request: CALLRRequest) async {
        await application.run(on: CALLRCall(request, self))
        _ = try? await perform(.hangUp, on: request.call)
        // The platform tells the end with another request; one that does not has ended the call all the same.
        end(request.call, .ended(.hangUp))
    }

    /// Ends a call here: lets go of its program and of everybody who waits.
    func end(_ call: CallID, _ reason: CALLRCallError) {
        guard var ended = state.withLock({ $0.end(call, reason) }) else { return }
        ended.end(reason)
        report(.ended(reason), call)
    }

    /// Has a call's platform carry out a command; see ``CALLRCall/perform(_:)``.
    func perform(_ command: CALLRCommand, on call: CallID) async throws -> CALLRResult {
        _ = try command.parameters()
        try Task.checkCancellation()
        let (outcomes, continuation) = AsyncStream.makeStream(
            of: CALLRCalls.Running.Outcome.self,
            bufferingPolicy: .bufferingOldest(1)
        )
        let refusal = state.withLock { state -> CALLRCallError? in
            guard state.running[call] != nil else { return state.reasons[call] ?? .lost }
            state.running[call]?.program = continuation
            if let response = state.running[call]?.conversation.issue(command) {
                state.running[call]?.answer(response)
            }
            return nil
        }
        if let refusal { throw refusal }
        let patience = command.lastsAsLongAsPeopleTalk ? limits.longest : limits.patience
        // The command's deadline; cancelled by its result.
        let alarm = Task {
            try await sleep(patience)
            end(call, .lost)
        }
        defer { alarm.cancel() }
        for await outcome in outcomes { return try outcome.get() }
        throw CancellationError()
    }
}
