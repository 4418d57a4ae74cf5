// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects
internal import Synchronization

/// Serves CALLR's Real-Time: takes `RT.Request`, answers `RT.Response` in time.
///
/// Each call has one program, which runs until it returns or the call is over, and which works by commands. The platform
/// wants an answer within 5 s: what a program has not decided by the deadline is answered with a wait of 1 s, and asked again
/// after it.
package final class CALLRRealTime: HTTPReceiver {
    let application: any CALLRApplication
    let limits: CALLRLimits
    let report: @Sendable (CALLRReport, CallID) -> Void
    let sleep: @Sendable (Duration) async throws -> Void
    let makePrefix: @Sendable () -> String
    let state: Mutex<CALLRCalls>

    /// A receiver for one application of the platform.
    ///
    /// - Parameters:
    ///   - application: runs on its calls.
    ///   - limits: bounds.
    ///   - report: told what happens; may not wait.
    ///   - makePrefix: gives the beginning of a call's command ids, each time another; random unless given.
    ///   - sleep: waits; tests do as they like.
    package init(
        _ application: any CALLRApplication,
        limits: CALLRLimits = CALLRLimits(),
        report: @escaping @Sendable (CALLRReport, CallID) -> Void = { _, _ in },
        makePrefix: @escaping @Sendable () -> String = { String(UInt64.random(in: 0 ... .max), radix: 36) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.application = application
        self.limits = limits
        self.report = report
        self.makePrefix = makePrefix
        self.sleep = sleep
        state = Mutex(CALLRCalls())
    }

    /// How many calls run.
    package var callCount: Int { state.withLock { $0.running.count } }

    package func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
        guard request.method == "POST" else { return HTTPReply(status: 405) }
        guard request.body.count <= limits.body else { return HTTPReply(status: 413) }
        guard let json = try? JSONDocument.parse(request.body), let question = CALLRRequest(json) else {
            return HTTPReply(status: 400)
        }
        let response = await response(to: question)
        guard let body = try? response.encoded() else { return HTTPReply(status: 500) }
        return HTTPReply(status: 200, contentType: "application/json", body: body)
    }

    private func response(to request: CALLRRequest) async -> CALLRResponse {
        let ending = CALLRResponse(.hangUp, variables: request.variables)
        if request.status.isOver {
            end(request.call, .ended(request.status))
            return ending
        }
        guard begin(request) else { return ending }
        let (answers, continuation) = AsyncStream.makeStream(
            of: CALLRResponse.self,
            bufferingPolicy: .bufferingOldest(1)
        )
        let reception = state.withLock { $0.running[request.call]?.receive(request, continuation) }
        switch reception {
        case .answer(let response): return response
        case .stray(let response):
            report(.stray, request.call)
            return response
        case .hold, .deliver: break
        case nil: return ending
        }
        // The answer's deadline; cancelled by the answer.
        let alarm = Task { [sleep, deadline = limits.deadline] in
            try await sleep(deadline)
            postpone(request.call)
        }
        defer { alarm.cancel() }
        for await answer in answers { return answer }
        return ending
    }

    /// Answers what is still open on a call with a wait.
    private func postpone(_ call: CallID) {
        let isLate = state.withLock { state in
            guard let response = state.running[call]?.conversation.postpone() else { return false }
            state.running[call]?.answer(response)
            return true
        }
        if isLate { report(.postponed, call) }
    }
}
