// SPDX-License-Identifier: Apache-2.0

internal import CallModel
package import Dialects
internal import OutboundHTTP

/// The account side of CALLR: applications, calls that are placed, records, recordings, webhooks.
package struct CALLRClient: Sendable {
    private let requests: CALLRAccountRequests
    private let exchange: PlatformExchange
    private let makeID: @Sendable () -> Int

    /// A client in the name of an account.
    ///
    /// - Parameters:
    ///   - requests: the account's requests.
    ///   - exchange: sends them.
    ///   - makeID: gives an id for each call of a method; random unless given.
    package init(
        _ requests: CALLRAccountRequests,
        exchange: PlatformExchange,
        makeID: @escaping @Sendable () -> Int = { .random(in: 1...Int(Int32.max)) }
    ) {
        self.requests = requests
        self.exchange = exchange
        self.makeID = makeID
    }

    /// Calls a method, and gives its result.
    ///
    /// - Throws: ``PlatformCallError``, `CancellationError`.
    package func call(_ method: CALLRMethod, _ parameters: [JSONValue]) async throws -> JSONValue {
        let id = makeID()
        var plan = requests.call(method.rawValue, parameters, id: id, isRepeatable: method.isRepeatable)
        if method.givesList { plan.maximumAnswer = PlatformAnswer.maximumListBytes }
        let (outcome, answer, attempts) = try await exchange.run(plan) { [requests] in requests.outcome(of: $0, id: id)
        }
        guard outcome == .done, let result = answer?.json?["result"] else {
            throw PlatformCallError(platform: CALLRAccountRequests.platform, outcome: outcome, attempts: attempts)
        }
        return result
    }

    /// A page of what a search gives (`Search.Results`, `Media.Recording.ListResult`).
    func search<Item>(
        _ method: CALLRMethod,
        _ filters: [String: JSONValue],
        _ page: CALLRPageRequest,
        read: (JSONValue) -> Item?
    ) async throws -> CALLRPage<Item> {
        let options = JSONValue.object([
            "offset": .number(page.offset), "quantity": .number(page.quantity), "order": .string(page.order),
        ])
        return CALLRPage(try await call(method, [.object(filters), options]), page, read: read)
    }
}
