// SPDX-License-Identifier: Apache-2.0
internal import CallModel
internal import ConfigurationReading

/// Turns the tree of a file into a checked configuration, section by section.
struct SectionReader {
    let bots: [BotDescription]
    let dialects: [DialectSchema]
    var receivers: [PartSchema] = []
    var callControls: [PartSchema] = []
    /// Whether there is no file and every value came from a flag, so that advice names flags.
    var isFlagsOnly = false
    let context: ReadingContext

    /// Entries that `routes` may have.
    static let maximumRoutes = 1_000
    /// Ranges that the documentation of ``ServerLimits`` states.
    static let shortTimeout: ClosedRange<Duration> = .seconds(1) ... .seconds(60)
    static let callDuration: ClosedRange<Duration> = .seconds(10) ... .seconds(86_400)
    static let lag: ClosedRange<Duration> = .milliseconds(1) ... .seconds(10)
    static let busy = 10...100
    static let silence: ClosedRange<Duration> = .seconds(5) ... .seconds(86_400)
    static let messageBytes = 1_024...(64 << 20)
    static let count = 1...1_000_000

    /// The configuration, or nil when the top is no mapping.
    ///
    /// It counts only when `context` has no faults.
    func read(_ root: ConfigurationNode) -> BridgeConfiguration? {
        guard var top = MappingReader(root) else { return nil }
        let listen = readListen(top.section("listen"))
        let admin = readAdmin(top.section("admin"), listen: listen)
        let limits = readLimits(top.section("limits"))
        let drain = readDrain(top.section("drain"))
        let logging = readLogging(top.section("logging"))
        let records = readRecords(top.section("records"))
        let webhooks = readWebhooks(top.section("webhooks"))
        let observability = readObservability(top.section("observability"))
        let recording = readRecording(top.section("recording"))
        var taken: [String: String] = [:]
        let tenants = readTenants(&top, limits: limits)
        let routes = readRoutes(
            &top,
            listen: listen,
            limits: limits,
            tenants: tenants,
            recording: recording,
            taken: &taken
        )
        let receivers = readReceivers(&top, listen: listen, taken: &taken)
        // Keys of this kind hold anchors for the rest of the file.
        for entry in top.entries where entry.key.hasPrefix("x-") { _ = top.take(entry.key) }
        top.finish()
        return BridgeConfiguration(
            listen: listen,
            admin: admin,
            limits: limits,
            drain: drain,
            logging: logging,
            records: records,
            tenants: tenants,
            webhooks: webhooks,
            observability: observability,
            recording: recording.server,
            routes: routes,
            receivers: receivers
        )
    }

    private func readLimits(_ section: MappingReader?) -> ServerLimits {
        var limits = ServerLimits()
        guard var section else { return limits }
        limits.calls = section.integer("calls", in: Self.count, default: limits.calls)
        limits.quota = readQuota(&section)
        if let node = section.take("day_begins"), let text = node.text("a time of day, HH:MM in UTC") {
            limits.dayBegins = DayStart(text) ?? limits.dayBegins
            if DayStart(text) == nil { node.report("is no time of day; write HH:MM in UTC, such as 18:30") }
        }
        limits.perSource = readSourceLimits(section.section("per_source"), server: limits)
        limits.lag = section.durationOrOff("lag", in: Self.lag, default: limits.lag)
        limits.busy = section.percentOrOff("busy", in: Self.busy, default: limits.busy)
        limits.connectionsPerSource =
            section.integer("connections_per_source", in: Self.count, default: limits.connectionsPerSource)
        limits.handshakeTimeout =
            section.duration("handshake_timeout", in: Self.shortTimeout, default: limits.handshakeTimeout)
        limits.startTimeout = section.duration("start_timeout", in: Self.shortTimeout, default: limits.startTimeout)
        limits.messageBytes = section.bytes("message_bytes", in: Self.messageBytes, default: limits.messageBytes)
        limits.fragments = section.integer("fragments", in: Self.count, default: limits.fragments)
        limits.maximumCallDuration =
            section.duration("maximum_call_duration", in: Self.callDuration, default: limits.maximumCallDuration)
        limits.silenceTimeout =
            section.durationOrOff("silence_timeout", in: Self.silence, default: limits.silenceTimeout)
        limits.drainDeadline =
            section.duration("drain_deadline", in: .zero ... .seconds(86_400), default: limits.drainDeadline)
        limits.retryAfter =
            section.duration("retry_after", in: .seconds(1) ... .seconds(3_600), default: limits.retryAfter)
        limits.overdueBotGrace =
            section.duration("overdue_bot_grace", in: .zero ... .seconds(60), default: limits.overdueBotGrace)
        if let node = section.take("event_loops"), !node.isWord("auto") {
            limits.eventLoops = node.integer(in: 1...256)
        }
        section.finish()
        return limits
    }

    private func readLogging(_ section: MappingReader?) -> LoggingConfiguration {
        var logging = LoggingConfiguration()
        guard var section else { return logging }
        logging.level = section.word("level", default: logging.level)
        logging.format = section.word("format", default: logging.format)
        section.finish()
        return logging
    }

    private func readRecords(_ section: MappingReader?) -> RecordsConfiguration {
        var records = RecordsConfiguration()
        guard var section else { return records }
        if let node = section.take("path"), !node.isWord("off") {
            records.path = node.text("the path of a file, or off")
        }
        records.keepDays = section.integer("keep_days", in: 1...36_500, default: records.keepDays)
        records.keepCalls = section.integer("keep_calls", in: 1...1_000_000_000, default: records.keepCalls)
        records.digits = section.word("digits", default: records.digits)
        records.backlog = section.integer("backlog", in: Self.count, default: records.backlog)
        section.finish()
        return records
    }
}
