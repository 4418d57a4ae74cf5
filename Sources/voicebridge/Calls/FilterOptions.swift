// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallRecords

/// Which records are wanted.
struct FilterOptions: ParsableArguments {
    @Option(help: "Calls that began at a time (2026-03-01, 2026-03-01T09:00:00Z; UTC) or a time ago (30m, 24h, 7d).")
    var since: String?

    @Option(help: "Calls that began before a time, written alike.")
    var until: String?

    @Option(help: "Calls of one route, by its path.")
    var route: String?

    @Option(help: "Calls that are live, ended or interrupted.")
    var state: State?

    @Option(help: "Calls from or to a number, as the platform writes it.")
    var number: String?

    /// What a record may be.
    enum State: String, ExpressibleByArgument, CaseIterable {
        case live, ended, interrupted
    }

    func validate() throws { _ = try filter(now: RecordTime.now()) }

    /// What is wanted, at a time in milliseconds since 1970.
    func filter(now: Int64) throws -> RecordFilter {
        var filter = RecordFilter()
        filter.since = try Self.time("--since", since, now: now)
        filter.until = try Self.time("--until", until, now: now)
        filter.route = route
        filter.state = state?.rawValue
        filter.number = number
        return filter
    }

    private static func time(_ flag: String, _ text: String?, now: Int64) throws -> Int64? {
        guard let text else { return nil }
        if let time = RecordTimeArgument.read(text, now: now) { return time }
        let advice = "write 2026-03-01, 2026-03-01T09:00:00Z, or a whole number and s, m, h or d"
        throw ValidationError("\(flag): '\(text.prefix(64))' is no time; \(advice)")
    }
}
