// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallRecords
import Operations

/// `voicebridge webhooks retry`.
struct WebhooksRetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Has dead letters tried again. Exit status 1 when there is none of those that were named.",
        discussion: "A server that runs notices within seconds; it sends them in the order in which they happened."
    )

    @Argument(help: "Numbers of `webhooks list`, or ids of events.")
    var events: [String] = []

    @OptionGroup var place: SpoolOptions

    @Flag(help: "All dead letters.")
    var all = false

    @Option(help: "Of one endpoint alone, by its name.")
    var endpoint: String?

    func validate() throws {
        guard all != !events.isEmpty else { throw ValidationError("give the events, or --all") }
        guard events.count <= 1_000 else { throw ValidationError("give at most 1000 events, or --all") }
    }

    mutating func run() throws {
        let count = try place.open().retry(all ? nil : events, endpoint: endpoint, now: RecordTime.now())
        guard count > 0 || all else {
            StandardError.write(line: "there is no such dead letter; see `voicebridge webhooks list`")
            throw ExitCode.failure
        }
        try StandardOutput.write(result: "\(count) tried again\n")
    }
}
