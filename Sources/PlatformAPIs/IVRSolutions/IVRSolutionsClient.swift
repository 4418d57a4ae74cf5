// SPDX-License-Identifier: Apache-2.0

internal import CallModel
internal import Dialects
internal import OutboundHTTP

/// Places and looks up calls at IVR Solutions.
package struct IVRSolutionsClient: Sendable {
    /// What the platform calls a call that it took on; which of the two comes depends on the request.
    package struct Receipt: Sendable, Equatable {
        /// `call_id`.
        package let callID: String?
        /// `logid`.
        package let logID: String?
        /// The platform's words.
        package let message: String?
    }

    private let requests: IVRSolutionsRequests
    private let exchange: PlatformExchange

    /// A client in the name of an account.
    package init(_ requests: IVRSolutionsRequests, exchange: PlatformExchange) {
        self.requests = requests
        self.exchange = exchange
    }

    /// Places a call that a bot answers.
    ///
    /// - Throws: ``PlatformRequestError``, ``PlatformCallError``, `CancellationError`.
    package func dial(_ call: IVRSolutionsBotCall) async throws -> Receipt {
        receipt(try await run(requests.dial(call)))
    }

    /// Rings an agent, then a customer, and connects them.
    ///
    /// - Throws: as ``dial(_:)``.
    package func clickToCall(agent: String, customer: String, did: String) async throws -> Receipt {
        receipt(try await run(requests.clickToCall(agent: agent, customer: customer, did: did)))
    }

    /// Rings two people and connects them; each sees the DID alone.
    ///
    /// - Throws: as ``dial(_:)``.
    package func connectMasked(first: String, second: String, did: String) async throws -> Receipt {
        receipt(try await run(requests.connectMasked(first: first, second: second, did: did)))
    }

    /// Cancels a masked connection.
    ///
    /// - Throws: as ``dial(_:)``.
    package func cancelMasked(did: String, first: String) async throws {
        _ = try await run(requests.updateMasked(did: did, first: first))
    }

    /// The calls of a range of days, both `YYYY-MM-DD`.
    ///
    /// - Throws: as ``dial(_:)``.
    package func callLogs(from first: String, to last: String) async throws -> [IVRSolutionsCallLog] {
        let json = try await run(requests.callLogs(from: first, to: last))
        return json?["data"]?.elements.compactMap(IVRSolutionsCallLog.init) ?? []
    }

    private func run(_ plan: PlannedRequest) async throws -> JSONValue? {
        let (outcome, answer, attempts) = try await exchange.run(plan) { [requests] in requests.outcome(of: $0) }
        guard outcome == .done else {
            throw PlatformCallError(platform: IVRSolutionsRequests.platform, outcome: outcome, attempts: attempts)
        }
        return answer?.json
    }

    private func receipt(_ json: JSONValue?) -> Receipt {
        Receipt(callID: json?["call_id"]?.text, logID: json?["logid"]?.text, message: json?["message"]?.text)
    }
}
