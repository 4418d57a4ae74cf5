// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects

/// Decides step by step what happens on a call at CALLR.
package protocol CALLRScenario: Sendable {
    /// The next step; called for each request of a call, also the last, whose answer is of no effect.
    func next(_ request: CALLRRequest) async -> CALLRResponse
}

/// Serves CALLR's Real-Time: takes `RT.Request`, answers `RT.Response` in time.
///
/// The platform wants an answer within 5 s. A scenario that takes longer, or answers what the platform would refuse, has
/// its call ended.
package struct CALLRRealTime: HTTPReceiver {
    private let scenario: any CALLRScenario
    private let deadline: Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    /// A receiver for one application of the platform.
    ///
    /// - Parameters:
    ///   - scenario: decides.
    ///   - deadline: how long it may take. Default 4 s, which leaves 1 s for the way.
    ///   - sleep: waits; tests do as they like.
    package init(
        _ scenario: any CALLRScenario,
        deadline: Duration = .seconds(4),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.scenario = scenario
        self.deadline = deadline
        self.sleep = sleep
    }

    package func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
        guard request.method == "POST" else { return HTTPReply(status: 405) }
        guard let json = try? JSONDocument.parse(request.body), let question = CALLRRequest(json) else {
            return HTTPReply(status: 400)
        }
        let ending = CALLRResponse(.hangUp, variables: question.variables)
        let response = await inTime(question) ?? ending
        guard let body = (try? response.encoded()) ?? (try? ending.encoded()) else { return HTTPReply(status: 500) }
        return HTTPReply(status: 200, contentType: "application/json", body: body)
    }

    /// The scenario's answer, or nil when the deadline comes first; neither waits for the other.
    private func inTime(_ request: CALLRRequest) async -> CALLRResponse? {
        let (answers, continuation) = AsyncStream.makeStream(
            of: CALLRResponse?.self,
            bufferingPolicy: .bufferingOldest(1)
        )
        let work = Task { [scenario] in
            continuation.yield(await scenario.next(request))
            continuation.finish()
        }
        let alarm = Task { [sleep, deadline] in
            try await sleep(deadline)
            continuation.yield(nil)
            continuation.finish()
        }
        defer {
            work.cancel()
            alarm.cancel()
        }
        for await answer in answers { return answer }
        return nil
    }
}
