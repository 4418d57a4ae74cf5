// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallRecords

/// `voicebridge calls show ID`.
struct CallsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows all that is recorded of a call. Exit status 1 when there is none."
    )

    @Argument(help: "The record's number, or the platform's id of the call.")
    var id: String

    @OptionGroup var place: RecordsOptions

    @Flag(help: "A JSON object a line.")
    var json = false

    mutating func run() throws {
        var filter = RecordFilter()
        filter.id = id
        let records = try place.open().records(filter)
        guard !records.isEmpty else {
            StandardError.write(line: "there is no record of a call '\(id.prefix(128))'; see `voicebridge calls list`")
            throw ExitCode.failure
        }
        let texts = records.map { json ? RecordJSON.object($0) + "\n" : CallListing.lines(of: $0) }
        try StandardOutput.write(result: texts.joined(separator: json ? "" : "\n"))
    }
}
