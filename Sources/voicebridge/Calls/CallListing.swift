// SPDX-License-Identifier: Apache-2.0
import CallRecords

/// Records as text for people.
enum CallListing {
    private static let columns = [
        "id", "started_at", "duration_ms", "from", "to", "route", "bot", "state", "end_reason",
    ]

    /// A line for each call under a head.
    static func table(of records: [CallRecord]) -> String {
        table(columns, records.map { record in columns.map { record[column: $0].text } })
    }

    /// Rows of text under a head, `-` where nothing is known.
    static func table(_ head: [String], _ rows: [[String]]) -> String {
        let rows = [head] + rows.map { $0.map(shown) }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
            return cells.joined(separator: "  ").trimmingEnd()
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A line for each thing that is known of a call.
    static func lines(of record: CallRecord) -> String {
        let known = zip(RecordColumn.all, record.values).filter { $0.1 != .none }
        let width = known.map { $0.0.name.count }.max() ?? 0
        let lines = known.map { column, value in
            column.name + String(repeating: " ", count: width - column.name.count) + "  " + printable(value.text)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func shown(_ text: String) -> String {
        text.isEmpty ? "-" : String(printable(text).prefix(40))
    }

    /// Text of a platform's without anything that would steer a terminal.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
            )
        )
    }
}

extension String {
    /// The text without spaces at its end.
    fileprivate func trimmingEnd() -> String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
