// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallRecords

/// `voicebridge calls list`.
struct CallsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists calls, the latest last: a line each, or a JSON object each."
    )

    @OptionGroup var place: RecordsOptions
    @OptionGroup var wanted: FilterOptions

    @Option(help: "Most calls to list; the latest are listed.")
    var limit = 50

    @Flag(help: "A JSON object a line, with every column.")
    var json = false

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit: must be at least 1") }
    }

    mutating func run() throws {
        var filter = try wanted.filter(now: RecordTime.now())
        filter.limit = limit
        let records = try place.open().records(filter)
        if json {
            try StandardOutput.write(result: records.map { RecordJSON.object($0) + "\n" }.joined())
        } else {
            try StandardOutput.write(result: CallListing.table(of: records))
        }
    }
}
