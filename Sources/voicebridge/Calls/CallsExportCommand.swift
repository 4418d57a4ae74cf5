// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallRecords

/// `voicebridge calls export`.
struct CallsExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes records as CSV or JSON Lines, the earliest call first.",
        discussion: """
            Times are UTC, columns that end in _ms milliseconds. In CSV, a text that a spreadsheet would take for a formula \
            begins with an apostrophe; JSON Lines has every text as it came.
            """
    )

    /// How records are written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv, jsonl
    }

    @OptionGroup var place: RecordsOptions
    @OptionGroup var wanted: FilterOptions

    @Option(help: "csv (RFC 4180) or jsonl (a JSON object a line).")
    var format = Format.csv

    @Flag(help: "The same as --format jsonl.")
    var json = false

    @Option(help: "The file to write; - is standard output.")
    var output = "-"

    mutating func run() throws {
        let filter = try wanted.filter(now: RecordTime.now())
        let reader = try place.open()
        let sink = try ByteSink(path: output)
        try write(filter, of: reader, to: sink)
        try sink.close()
    }

    /// Writes what is wanted, many lines at once.
    private func write(_ filter: RecordFilter, of reader: RecordReader, to sink: borrowing ByteSink) throws {
        let isCSV = format == .csv && !json
        var gathered = isCSV ? Array(RecordCSV.head.utf8) : []
        try reader.forEach(filter) { record in
            gathered += isCSV ? RecordCSV.line(record).utf8 : (RecordJSON.object(record) + "\n").utf8
            guard gathered.count >= 1 << 16 else { return }
            try sink.write(gathered, count: gathered.count)
            gathered.removeAll(keepingCapacity: true)
        }
        try sink.write(gathered, count: gathered.count)
    }
}
