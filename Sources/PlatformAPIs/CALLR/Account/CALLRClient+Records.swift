// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects

/// Which of CALLR's records are wanted (`CDR.SearchFilters`); times are `YYYY-MM-DD HH:MM:SS` in UTC, both included.
package struct CALLRRecordFilter: Sendable, Equatable {
    /// `type`: calls to us, or calls that were placed.
    package var direction: CallStart.Direction
    /// `from`.
    package var from: String
    /// `to`.
    package var to: String
    /// `app`: the application's id; nil for all.
    package var application: String?
    /// `did`: the number's id; nil for all.
    package var number: String?

    /// The calls of a time.
    package init(_ direction: CallStart.Direction, from: String, to: String) {
        (self.direction, self.from, self.to) = (direction, from, to)
    }

    var type: JSONValue { .string(direction == .inbound ? "IN" : "OUT") }
}

extension CALLRClient {
    /// The records of a time, all at once, at most `PlatformAnswer.maximumListBytes` of them.
    ///
    /// - Throws: ``PlatformCallError``, `CancellationError`.
    package func records(_ filter: CALLRRecordFilter) async throws -> [CALLRCallRecord] {
        let result = try await call(
            .records,
            [
                filter.type, .string(filter.from), .string(filter.to),
                filter.application.map(JSONValue.string) ?? .null,
                filter.number.map(JSONValue.string) ?? .null,
            ]
        )
        return result.elements.compactMap(CALLRCallRecord.init)
    }

    /// A page of the records of a time.
    ///
    /// - Throws: ``PlatformCallError``, `CancellationError`.
    package func records(_ filter: CALLRRecordFilter, page: CALLRPageRequest) async throws -> CALLRPage<CALLRCallRecord>
    {
        var filters: [String: JSONValue] = [
            "type": filter.type, "from": .string(filter.from), "to": .string(filter.to),
        ]
        filters["app"] = filter.application.map(JSONValue.string)
        filters["did"] = filter.number.map(JSONValue.string)
        return try await search(.searchRecords, filters, page, read: CALLRCallRecord.init)
    }

    /// A page of the recordings of a time, or of one call.
    ///
    /// - Throws: ``PlatformCallError``, `CancellationError`.
    package func recordings(
        from: String? = nil,
        to: String? = nil,
        call: CallID? = nil,
        status: CALLRRecording.Status? = nil,
        page: CALLRPageRequest = CALLRPageRequest()
    ) async throws -> CALLRPage<CALLRRecording> {
        var filters: [String: JSONValue] = [:]
        filters["date_from"] = from.map(JSONValue.string)
        filters["date_to"] = to.map(JSONValue.string)
        filters["callid"] = call.flatMap { UInt64($0.rawValue) }.map { .number(String($0)) }
        filters["status"] = status.map { .string($0.rawValue) }
        return try await search(.searchRecordings, filters, page, read: CALLRRecording.init)
    }
}
