// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// Acts on the calls of one platform over HTTP, and reports what each action came to.
package struct RESTCallControl<Requests: CallControlRequests>: CallControl {
    /// How the platform is asked.
    package let requests: Requests
    private let exchange: PlatformExchange
    private let report: @Sendable (CallControlReport) -> Void

    /// Call control for one platform.
    ///
    /// - Parameters:
    ///   - requests: how the platform is asked.
    ///   - exchange: sends the requests.
    ///   - report: told the outcome of each action that was sent; may not wait.
    package init(
        _ requests: Requests,
        exchange: PlatformExchange,
        report: @escaping @Sendable (CallControlReport) -> Void = { _ in }
    ) {
        self.requests = requests
        self.exchange = exchange
        self.report = report
    }

    package var transfers: Set<TransferTarget.Kind> { requests.transfers }

    package func check(_ target: TransferTarget, for call: CallStart) throws {
        _ = try requests.plan(.transfer(target), on: call)
    }

    package func hangUp(_ call: CallStart) async throws {
        let (outcome, attempts) = try await perform(.hangUp, on: call)
        guard outcome != .done, outcome != .alreadyOver else { return }
        throw CallControlError.failed(requests.platform, outcome, attempts: attempts)
    }

    package func transfer(_ call: CallStart, to target: TransferTarget) async throws {
        let action = CallAction.transfer(target)
        let (outcome, attempts) = try await perform(action, on: call)
        switch outcome {
        case .done: return
        case .alreadyOver: throw CallControlError.callIsOver(requests.platform)
        case .refused, .busy, .unclear:
            throw CallControlError.failed(requests.platform, outcome, attempts: attempts)
        }
    }

    private func perform(_ action: CallAction, on call: CallStart) async throws -> (PlatformOutcome, Int) {
        let plan = try requests.plan(action, on: call)
        if case .transfer(let target) = action { requests.prepare(target, for: call) }
        let (outcome, _, attempts) = try await exchange.run(plan) { [requests] answer in
            requests.outcome(of: answer, to: action)
        }
        report(
            CallControlReport(
                platform: requests.platform,
                call: call.callID,
                action: action.word,
                outcome: outcome,
                attempts: attempts
            )
        )
        return (outcome, attempts)
    }
}
