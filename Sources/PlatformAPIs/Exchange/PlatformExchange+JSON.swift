// SPDX-License-Identifier: Apache-2.0

package import Dialects

extension PlatformExchange {
    /// Sends a request until its outcome is settled, and gives the JSON of an answer of success.
    ///
    /// - Parameters:
    ///   - plan: the request.
    ///   - platform: the platform's name, for errors.
    ///   - read: tells what an answer means.
    /// - Returns: the answer's JSON; nil when it has none.
    /// - Throws: ``PlatformCallError`` when it was no success; `CancellationError`.
    package func json(
        of plan: PlannedRequest,
        _ platform: String,
        read: @Sendable (PlatformAnswer) -> PlatformOutcome
    ) async throws -> JSONValue? {
        let (outcome, answer, attempts) = try await run(plan, read: read)
        guard outcome == .done else {
            throw PlatformCallError(platform: platform, outcome: outcome, attempts: attempts)
        }
        return answer?.json
    }
}
