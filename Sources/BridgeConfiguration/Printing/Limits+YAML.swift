// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

extension YAMLWriter {
    /// The keys of a ``CallQuota``.
    mutating func quota(_ quota: CallQuota) {
        plain("calls_per_second", quota.callsPerSecond.map(String.init) ?? "off")
        plain("burst", quota.burst.map(String.init) ?? "auto")
        plain("minutes_per_day", quota.minutesPerDay.map(String.init) ?? "off")
    }

    /// `calls` of a part of the server, or `off`.
    private mutating func calls(_ calls: Int?) { plain("calls", calls.map(String.init) ?? "off") }

    /// `limits.per_source`.
    mutating func limits(_ limits: SourceLimits) {
        calls(limits.calls)
        quota(limits.quota)
    }

    /// `limits` of one route.
    mutating func limits(_ limits: RouteLimits) {
        plain("calls", limits.calls)
        quota(limits.quota)
        duration("start_timeout", limits.startTimeout)
        plain("message_bytes", ByteCountText.write(limits.messageBytes))
        plain("fragments", limits.fragments)
        duration("maximum_call_duration", limits.maximumCallDuration)
        duration("silence_timeout", limits.silenceTimeout)
    }

    /// `limits` of the server.
    mutating func limits(_ limits: ServerLimits) {
        plain("calls", limits.calls)
        quota(limits.quota)
        string("day_begins", limits.dayBegins.text)
        mapping("per_source") { $0.limits(limits.perSource) }
        duration("lag", limits.lag)
        plain("busy", limits.busy.map { "\($0)%" } ?? "off")
        plain("connections_per_source", limits.connectionsPerSource)
        duration("handshake_timeout", limits.handshakeTimeout)
        duration("start_timeout", limits.startTimeout)
        plain("message_bytes", ByteCountText.write(limits.messageBytes))
        plain("fragments", limits.fragments)
        duration("maximum_call_duration", limits.maximumCallDuration)
        duration("silence_timeout", limits.silenceTimeout)
        duration("drain_deadline", limits.drainDeadline)
        duration("retry_after", limits.retryAfter)
        duration("overdue_bot_grace", limits.overdueBotGrace)
        plain("event_loops", limits.eventLoops.map(String.init) ?? "auto")
    }

    /// An entry of `tenants`.
    mutating func tenant(_ tenant: TenantConfiguration) {
        string("name", tenant.name)
        mapping("limits") { writer in
            writer.calls(tenant.limits.calls)
            writer.quota(tenant.limits.quota)
            writer.plain("cpu_percent", tenant.limits.cpuPercent)
        }
    }
}
