// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

/// The calls that a server holds.
package struct CapacityReport: Sendable {
    /// One number of calls that was tried.
    package struct Step: Sendable {
        /// Calls at a time.
        package var calls: Int
        /// The 99th percentile of latency from the deadline, in nanoseconds.
        package var p99: Int64
        /// The 99th percentile of this tool's own lateness, in nanoseconds.
        package var ownP99: Int64
        /// Cores that the server used; nil where it was not looked at.
        package var cores: Double?
        /// Why it did not go well; nil when it did.
        package var fault: String?
    }

    /// What was tried, in order.
    package var steps: [Step] = []
    /// The most calls that went well.
    package var calls = 0
    /// Whether this tool, not the server, was late where it ended.
    package var isLimitedByTool = false

    /// Nothing tried.
    package init() {}

    /// Calls for each core that the server used at its most; nil where it was not looked at.
    package var callsPerCore: Int? {
        let step = steps.last { $0.calls == calls && $0.fault == nil }
        guard let cores = step?.cores, cores > 0 else { return nil }
        return Int(Double(calls) / cores)
    }

    /// What `limits.calls` is to be set to: a fifth below the most, for the machine has other days too.
    package var recommendedLimit: Int { max(calls > 0 ? 1 : 0, calls * 4 / 5) }

    var json: PlainJSON {
        .object([
            PlainJSON.Member("calls", .integer(calls)),
            PlainJSON.Member("calls_per_core", callsPerCore.map { .integer($0) } ?? .null),
            PlainJSON.Member("limits_calls", .integer(recommendedLimit)),
            PlainJSON.Member("limited_by_tool", .bool(isLimitedByTool)),
            PlainJSON.Member("steps", .array(steps.map(\.json))),
        ])
    }
}

extension CapacityReport.Step {
    var json: PlainJSON {
        .object([
            PlainJSON.Member("calls", .integer(calls)),
            PlainJSON.Member("p99_us", .integer(p99 / 1_000)),
            PlainJSON.Member("own_p99_us", .integer(ownP99 / 1_000)),
            PlainJSON.Member("cores", cores.map { LoadReport.decimal($0, 3) } ?? .null),
            PlainJSON.Member("fault", fault.map { .string($0) } ?? .null),
        ])
    }
}
