// SPDX-License-Identifier: Apache-2.0

/// One row of the table of calls, as it was read.
package struct CallRecord: Sendable, Equatable {
    /// One value of a row.
    package enum Value: Sendable, Equatable {
        /// Nothing is known.
        case none
        /// A number.
        case integer(Int64)
        /// Text; a time of day as RFC 3339 has it.
        case text(String)
        /// Yes or no.
        case flag(Bool)
        /// A list, as JSON.
        case list(String)

        /// The value as a person reads it; empty when nothing is known.
        package var text: String {
            switch self {
            case .none: ""
            case .integer(let integer): String(integer)
            case .text(let text), .list(let text): text
            case .flag(let flag): flag ? "true" : "false"
            }
        }
    }

    /// A value for each of ``RecordColumn/all``.
    package let values: [Value]

    /// A record of values in the order of ``RecordColumn/all``.
    package init(values: [Value]) { self.values = values }

    private static let places = Dictionary(
        RecordColumn.all.enumerated().map { ($1.name, $0) }
    ) { first, _ in first }

    /// The value of a column; nothing for one that is not there.
    package subscript(column name: String) -> Value { Self.places[name].map { values[$0] } ?? .none }
}
