// SPDX-License-Identifier: Apache-2.0

package import OutboundHTTP

/// Sends requests to platforms: each with a deadline, and at most one more time.
///
/// A second request follows where the platform says that it did nothing (429, 503), and, where doing it twice is as
/// doing it once, also after a failure of which nobody knows what it did. So an exchange takes at most twice the
/// deadline and one pause.
package struct PlatformExchange: Sendable {
    /// Carries the requests.
    package var client: any HTTPClient
    /// Time for one request and its whole answer.
    package var deadline: Duration
    /// Time between the first and the second request.
    package var pause: Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    /// An exchange.
    ///
    /// - Parameters:
    ///   - client: carries the requests.
    ///   - deadline: time for one request and its whole answer. Default 2 s: a caller hears silence meanwhile.
    ///   - pause: time before the second request. Default 250 ms.
    ///   - sleep: waits; tests count instead.
    package init(
        client: any HTTPClient,
        deadline: Duration = .seconds(2),
        pause: Duration = .milliseconds(250),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.client = client
        self.deadline = deadline
        self.pause = pause
        self.sleep = sleep
    }

    /// Sends a request until its outcome is settled, once or twice.
    ///
    /// - Parameters:
    ///   - plan: the request.
    ///   - read: tells what an answer means.
    /// - Returns: the last outcome, its answer if there was one, and how many requests were sent.
    /// - Throws: `CancellationError`.
    package func run(
        _ plan: PlannedRequest,
        read: @Sendable (PlatformAnswer) -> PlatformOutcome
    ) async throws -> (outcome: PlatformOutcome, answer: PlatformAnswer?, attempts: Int) {
        let first = try await attempt(plan, read)
        switch first.outcome {
        case .done, .alreadyOver, .refused: return (first.outcome, first.answer, 1)
        case .unclear where !plan.isRepeatable: return (first.outcome, first.answer, 1)
        case .busy, .unclear: break
        }
        // The one retry waits a moment, for a platform that is busy.
        try await sleep(pause)
        let second = try await attempt(plan, read)
        return (second.outcome, second.answer, 2)
    }

    private func attempt(
        _ plan: PlannedRequest,
        _ read: @Sendable (PlatformAnswer) -> PlatformOutcome
    ) async throws -> (outcome: PlatformOutcome, answer: PlatformAnswer?) {
        var request = plan.http
        request.deadline = deadline
        request.maximumBody = plan.maximumAnswer
        do {
            let response = try await client.send(request)
            let answer = PlatformAnswer(status: response.status, body: try await response.body.collect())
            return (read(answer), answer)
        } catch let error as HTTPClientError {
            return (.unclear(.exchange(error.shortDescription)), nil)
        }
    }
}
