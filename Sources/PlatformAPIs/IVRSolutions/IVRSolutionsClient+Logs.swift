// SPDX-License-Identifier: Apache-2.0

package import Dialects

extension IVRSolutionsClient {
    /// A label that a call's outcome may be given.
    package struct StatusLabel: Sendable, Equatable {
        /// Its number, for notes.
        package let id: String
        /// Its name, such as `Interested`.
        package let name: String
    }

    /// What came of a call.
    package struct CallOutcome: Sendable, Equatable {
        /// `call_status` or `status` of the call, in the platform's words; nil when there is none.
        package let status: String?
        /// Every member of the answer's data that is text, a number or a flag.
        package let members: [String: String]
    }

    /// The calls of a range of days, both `YYYY-MM-DD`.
    ///
    /// - Throws: as ``dial(_:)``.
    package func callLogs(from first: String, to last: String) async throws -> [IVRSolutionsCallLog] {
        let json = try await run(requests.callLogs(from: first, to: last))
        return json?["data"]?.elements.compactMap { IVRSolutionsCallLog($0) } ?? []
    }

    /// The masked connections of a range of days, newest first, as the platform has them.
    ///
    /// The platform's page shows no answer; each entry is given whole.
    ///
    /// - Throws: as ``dial(_:)``.
    package func connectLogs(from first: String, to last: String, did: String? = nil) async throws -> [JSONValue] {
        try await run(requests.connectLogs(from: first, to: last, did: did))?["data"]?.elements ?? []
    }

    /// What came of a call that was taken on under a `logid`.
    ///
    /// The platform's page shows no answer; `data` is taken for an object, or a list of one.
    ///
    /// - Throws: as ``dial(_:)``.
    package func outcome(ofLog log: String) async throws -> CallOutcome {
        let json = try await run(requests.callStatus(log: log))
        let data = json?["data"]
        guard case .object(let object)? = data?.elements.first ?? data else {
            return CallOutcome(status: nil, members: [:])
        }
        let members = object.compactMapValues(\.text)
        return CallOutcome(status: members["call_status"] ?? members["status"], members: members)
    }

    /// The labels that a call's outcome may be given.
    ///
    /// - Throws: as ``dial(_:)``.
    package func statusLabels() async throws -> [StatusLabel] {
        let json = try await run(requests.statusLabels())
        return json?["data"]?.elements.compactMap { entry in
            guard let id = entry["id"]?.text, let name = entry["name"]?.text else { return nil }
            return StatusLabel(id: id, name: name)
        } ?? []
    }

    /// A page of the calls of every kind behind the last ones seen.
    func newLogs(after cursor: IVRSolutionsLogCursor) async throws -> JSONValue? {
        try await run(requests.newLogs(after: cursor))
    }

    /// The logs that a gap lacks.
    func fill(_ gap: IVRSolutionsLogSync.Gap) async throws -> [IVRSolutionsCallLog] {
        IVRSolutionsLogSync.fill(gap, from: try await run(requests.logs(of: gap)))
    }
}
