// SPDX-License-Identifier: Apache-2.0

import GRDB

/// Reads the records of a database that a server may be writing.
package struct RecordReader: Sendable {
    private let queue: DatabaseQueue
    private let path: String

    /// Opens a database without changing it.
    ///
    /// - Throws: ``CallRecordsError`` when there is none, or it is of another version.
    package init(path: String) throws(CallRecordsError) {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            queue = try DatabaseQueue(path: path, configuration: configuration)
            let migrator = RecordMigrations.migrator
            let (isNewer, isCurrent) = try queue.read { database in
                try (migrator.hasBeenSuperseded(database), migrator.hasCompletedMigrations(database))
            }
            guard !isNewer else {
                throw CallRecordsError("was written by a newer version; read it with that one")
            }
            guard isCurrent else {
                throw CallRecordsError("holds no records of this version; a server that opens it brings it up to date")
            }
        } catch {
            throw CallRecordsError("records \(path): \(RecordStore.text(of: error))")
        }
    }

    /// Hands over the records that a filter wants, in the order in which the calls began, one after another.
    ///
    /// - Throws: what `body` throws, or ``CallRecordsError``.
    package func forEach(_ filter: RecordFilter, _ body: (CallRecord) throws -> Void) throws {
        let names = RecordColumn.all.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let (condition, arguments) = filter.condition
        let wanted =
            filter.limit.map { limit in
                "id IN (SELECT id FROM call WHERE \(condition) ORDER BY started_at DESC, id DESC LIMIT \(limit))"
            } ?? condition
        do {
            try queue.read { database in
                let rows = try Row.fetchCursor(
                    database,
                    sql: "SELECT \(names) FROM call WHERE \(wanted) ORDER BY started_at, id",
                    arguments: StatementArguments(arguments)
                )
                while let row = try rows.next() { try body(Self.record(row)) }
            }
        } catch let error as DatabaseError {
            throw CallRecordsError("records \(path): \(RecordStore.text(of: error))")
        }
    }

    /// The records that a filter wants.
    package func records(_ filter: RecordFilter = RecordFilter()) throws -> [CallRecord] {
        var records: [CallRecord] = []
        try forEach(filter) { records.append($0) }
        return records
    }

    private static func record(_ row: Row) -> CallRecord {
        let values = RecordColumn.all.enumerated().map { index, column -> CallRecord.Value in
            guard !row.hasNull(atIndex: index) else { return .none }
            return switch column.kind {
            case .integer: .integer(row[index])
            case .text: .text(row[index])
            case .flag: .flag(row[index])
            case .time: .text(RecordTime.text(row[index]))
            case .list: .list(row[index])
            }
        }
        return CallRecord(values: values)
    }
}
