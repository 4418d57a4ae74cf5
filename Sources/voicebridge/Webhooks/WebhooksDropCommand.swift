// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallRecords
import Operations

/// `voicebridge webhooks drop`.
struct WebhooksDropCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Gives up events that wait, so that those behind them go on. Exit status 1 when none of those waits.",
        discussion: """
            For an event that its endpoint will never take. It becomes a dead letter: `list` shows it, and `retry` has it \
            tried again. A server that runs notices within seconds; what it is sending at that moment may still arrive.
            """
    )

    @Argument(help: "Numbers of `webhooks list --waiting`, or ids of events.")
    var events: [String]

    @OptionGroup var place: SpoolOptions

    @Option(help: "Of one endpoint alone, by its name.")
    var endpoint: String?

    func validate() throws {
        guard events.count <= 1_000 else { throw ValidationError("give at most 1000 events") }
    }

    mutating func run() throws {
        let count = try place.open().drop(events, endpoint: endpoint, now: RecordTime.now())
        guard count > 0 else {
            StandardError.write(line: "no such event waits; see `voicebridge webhooks list --waiting`")
            throw ExitCode.failure
        }
        try StandardOutput.write(result: "\(count) given up\n")
    }
}
