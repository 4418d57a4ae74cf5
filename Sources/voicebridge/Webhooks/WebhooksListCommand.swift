// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallRecords
import Dialects
import Operations

/// `voicebridge webhooks list`.
struct WebhooksListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists dead letters, or the events that wait: the earliest first, a line each, or a JSON object each."
    )

    @OptionGroup var place: SpoolOptions

    @Flag(help: "What waits, and not what was given up.")
    var waiting = false

    @Option(help: "Most events to list.")
    var limit = 50

    @Flag(help: "A JSON object a line, with what is sent.")
    var json = false

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit: must be at least 1") }
    }

    mutating func run() throws {
        let events = try place.open().events(isDead: !waiting, limit: limit)
        let text = json ? events.map(Self.object).joined() : Self.table(of: events)
        try StandardOutput.write(result: text)
    }

    private static func object(_ event: SpooledEvent) -> String {
        let data = try? JSONDocument.parse(Array(event.data.utf8))
        let object = JSONValue.object([
            "number": .number(Int(event.number)), "endpoint": .string(event.endpoint),
            "event_id": .string(event.eventID), "type": .string(event.type), "call_id": .string(event.callID),
            "event_at": .string(RecordTime.text(event.time)), "state": .string(event.isDead ? "dead" : "waiting"),
            "tries": .number(event.tries), "trouble": event.trouble.map(JSONValue.string) ?? .null,
            "data": data ?? .null,
        ])
        return String(decoding: object.encoded, as: UTF8.self) + "\n"
    }

    private static func table(of events: [SpooledEvent]) -> String {
        let head = ["number", "endpoint", "event_at", "type", "call_id", "tries", "trouble"]
        return CallListing.table(
            head,
            events.map { event in
                [
                    "\(event.number)", event.endpoint, RecordTime.text(event.time), event.type, event.callID,
                    "\(event.tries)", event.trouble ?? "",
                ]
            }
        )
    }
}
