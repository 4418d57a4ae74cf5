// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects

/// Places calls at Digo, and reads its agents and its call records.
package struct DigoClient: Sendable {
    /// What the platform says to a call that it took on.
    package struct Receipt: Sendable, Equatable {
        /// `call_id`, if it was asked for and the agent has answered.
        package let callID: String?
        /// The platform's words.
        package let message: String?
    }

    private let requests: DigoRequests
    private let exchange: PlatformExchange

    /// A client in the name of an account.
    package init(_ requests: DigoRequests, exchange: PlatformExchange) {
        self.requests = requests
        self.exchange = exchange
    }

    /// Rings an agent, then somebody else, and connects them.
    ///
    /// - Throws: ``PlatformRequestError``, ``PlatformCallError``, `CancellationError`.
    package func place(_ call: DigoClickToCall) async throws -> Receipt { receipt(try await act(requests.place(call))) }

    /// Adds somebody to a list and calls them with its announcement.
    ///
    /// - Throws: as ``place(_:)``.
    package func announce(to lead: DigoLead, key: Secret) async throws -> Receipt {
        let call = try requests.announce(to: lead.number, key: key)
        _ = try await act(requests.add(lead))
        return receipt(try await act(call))
    }

    /// Adds an agent; gives the agent's id.
    ///
    /// - Throws: as ``place(_:)``.
    package func add(_ agent: DigoAgent.New) async throws -> String? {
        try await act(requests.add(agent))?["agent_id"]?.text
    }

    /// The agents of the account.
    ///
    /// - Throws: as ``place(_:)``.
    package func agents() async throws -> [DigoAgent] {
        try await ask(requests.agents())?.elements.compactMap { DigoAgent($0) } ?? []
    }

    /// Call records, page by page, each once.
    ///
    /// - Parameters:
    ///   - filter: which records.
    ///   - maximumPages: most pages to read.
    /// - Returns: the records in the platform's order, and whether all there are were read.
    /// - Throws: as ``place(_:)``.
    package func records(
        _ filter: DigoRecordFilter,
        maximumPages: Int = 100
    ) async throws -> (records: [DigoCallRecord], isComplete: Bool) {
        var records: [DigoCallRecord] = []
        var seen: Set<String> = []
        for page in 1...max(1, maximumPages) {
            let json = try await ask(requests.records(filter, page: page))
            // The document names the members beside the records and not the one that holds them; it is `results` on the
            // platform that this one is built on.
            let lists = [json?["results"], json?["data"], json?["records"], json].compactMap { $0?.elements }
            let listed = lists.first { !$0.isEmpty } ?? []
            // A call that comes while pages are read moves the others on by one, so one may come twice.
            let new = listed.compactMap { DigoCallRecord($0) }.filter { seen.insert($0.id).inserted }
            records += new
            guard listed.count >= filter.limit, !new.isEmpty else { return (records, true) }
        }
        return (records, false)
    }

    private func act(_ plan: PlannedRequest) async throws -> JSONValue? {
        try await exchange.json(of: plan, requests.platform) { [requests] in requests.outcome(of: $0) }
    }

    private func ask(_ plan: PlannedRequest) async throws -> JSONValue? {
        try await exchange.json(of: plan, requests.platform) { [requests] in requests.outcome(ofListing: $0) }
    }

    private func receipt(_ json: JSONValue?) -> Receipt {
        Receipt(callID: json?["call_id"]?.text, message: json?["message"]?.text)
    }
}
