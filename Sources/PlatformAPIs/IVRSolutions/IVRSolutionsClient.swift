// SPDX-License-Identifier: Apache-2.0

package import CallModel
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

    let requests: IVRSolutionsRequests
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
    package func connectMasked(_ connection: IVRSolutionsConnection) async throws -> Receipt {
        receipt(try await run(requests.connectMasked(connection)))
    }

    /// Changes or cancels a masked connection.
    ///
    /// - Throws: as ``dial(_:)``.
    package func updateMasked(_ update: IVRSolutionsConnectionUpdate) async throws -> Receipt {
        receipt(try await run(requests.updateMasked(update)))
    }

    /// Attaches a note to a call.
    ///
    /// - Throws: as ``dial(_:)``.
    package func note(_ note: IVRSolutionsNote) async throws { _ = try await run(requests.note(note)) }

    /// Registers the URL that callbacks about calls go to, and the key that signs them.
    ///
    /// - Throws: as ``dial(_:)``.
    package func registerWebhook(_ url: String, key: Secret?) async throws {
        _ = try await run(requests.registerWebhook(url, key: key))
    }

    func run(_ plan: PlannedRequest) async throws -> JSONValue? {
        try await exchange.json(of: plan, IVRSolutionsRequests.platform) { [requests] in requests.outcome(of: $0) }
    }

    private func receipt(_ json: JSONValue?) -> Receipt {
        Receipt(callID: json?["call_id"]?.text, logID: json?["logid"]?.text, message: json?["message"]?.text)
    }
}
