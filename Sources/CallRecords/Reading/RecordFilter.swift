// SPDX-License-Identifier: Apache-2.0

/// Which records are wanted; what is nil does not matter.
package struct RecordFilter: Sendable, Equatable {
    /// Calls that began at this time or later, in milliseconds since 1970.
    package var since: Int64?
    /// Calls that began before this time, in milliseconds since 1970.
    package var until: Int64?
    /// The path of the calls' route.
    package var route: String?
    /// `live`, `ended` or `interrupted`.
    package var state: String?
    /// The calling or the called number.
    package var number: String?
    /// The record's number, or the platform's id of the call.
    package var id: String?
    /// Most records; the latest are given.
    package var limit: Int?

    /// All records.
    package init() {}

    /// The condition and its arguments, for SQLite.
    var condition: (sql: String, arguments: [String: String]) {
        var parts: [String] = []
        var arguments: [String: String] = [:]
        func take(_ name: String, _ value: String?, _ part: String) {
            guard let value else { return }
            parts.append(part)
            arguments[name] = value
        }
        take("since", since.map(String.init), "started_at >= CAST(:since AS INTEGER)")
        take("until", until.map(String.init), "started_at < CAST(:until AS INTEGER)")
        take("route", route, "route = :route")
        take("state", state, "state = :state")
        take("number", number, "(\"from\" = :number OR \"to\" = :number)")
        let isNumber = id.flatMap(Int64.init) != nil
        take("id", id, isNumber ? "(call_id = :id OR id = CAST(:id AS INTEGER))" : "call_id = :id")
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }
}
