// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import CallModel

/// Writes what a server carries and how its event loops keep up, taken from the loops' boards.
struct ServerFigures {
    /// Upper bounds of the loops' times, in nanoseconds.
    private static let bounds: [Int64] = [
        500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000, 100_000_000, 200_000_000,
        500_000_000, 1_000_000_000, 5_000_000_000,
    ]

    let server: BridgeServer

    /// Writes everything; `queued` is what was asked of the loops beforehand.
    func write(_ queued: QueuedAudio, into text: inout PrometheusText) {
        let state = server.readiness
        text.single(
            "voicebridge_calls",
            .gauge,
            "Calls that are up, those with an overdue bot included.",
            Double(server.callCount)
        )
        let limit = Double(server.callLimit)
        text.single("voicebridge_calls_limit", .gauge, "Calls that there may be at a time.", limit)
        let connections = Double(server.connectionCount)
        text.single("voicebridge_connections", .gauge, "Connections that are open on the public port.", connections)
        text.family("voicebridge_state", .gauge, "1 for the state the server is in: whether a new call would be taken.")
        for name in ["ready", "draining", "full", "late", "busy"] {
            text.sample("voicebridge_state", MetricLabels([("state", name)]), name == state ? 1 : 0)
        }
        text.family("voicebridge_refused_total", .counter, "Connections, upgrades and requests that were refused.")
        for (reason, count) in server.refusals.sorted(by: { $0.key < $1.key }) {
            text.sample("voicebridge_refused_total", MetricLabels([("reason", reason)]), Double(count))
        }
        let handshakes = Double(server.tlsHandshakes)
        text.single("voicebridge_tls_handshakes_total", .counter, "TLS handshakes that came to their end.", handshakes)
        write(queued, &text)
        write(server.tenants, &text)
        write(server.loops, &text)
    }

    private func write(_ tenants: [TenantFigures], _ text: inout PrometheusText) {
        guard !tenants.isEmpty else { return }
        text.family("voicebridge_tenant_calls", .gauge, "Calls of a tenant that are up.")
        for tenant in tenants {
            text.sample("voicebridge_tenant_calls", MetricLabels([("tenant", tenant.name)]), Double(tenant.calls))
        }
        let today = "voicebridge_tenant_today_seconds"
        text.family(today, .gauge, "What the calls of a tenant lasted together today.")
        for tenant in tenants {
            text.sample(today, MetricLabels([("tenant", tenant.name)]), Double(tenant.secondsToday))
        }
    }

    private func write(_ queued: QueuedAudio, _ text: inout PrometheusText) {
        let total = "voicebridge_playback_queue_seconds"
        text.single(total, .gauge, "Audio of bots that waits to be sent, on all calls.", queued.total.inSeconds)
        let longest = "voicebridge_playback_queue_longest_seconds"
        text.single(longest, .gauge, "The same on the call with most of it.", queued.longest.inSeconds)
        let late = "voicebridge_loops_unanswered"
        text.single(late, .gauge, "Event loops that did not tell in time what waits on them.", Double(queued.lateLoops))
    }

    private func write(_ loops: [LoopFigures], _ text: inout PrometheusText) {
        gauge("voicebridge_loop_calls", "Calls on an event loop.", loops, &text) { Double($0.calls) }
        gauge("voicebridge_loop_average_lag_seconds", "How late a loop is, averaged over a second.", loops, &text) {
            Double($0.averageLag) / 1e9
        }
        gauge("voicebridge_loop_overdue_seconds", "How long a loop has kept its next tick waiting.", loops, &text) {
            Double($0.overdue) / 1e9
        }
        gauge("voicebridge_loop_late", "1 while a loop takes no calls because it is late.", loops, &text) {
            $0.isLate ? 1 : 0
        }
        gauge("voicebridge_loop_busy_ratio", "The part of its time that a loop works.", loops, &text, \.busy)
        gauge("voicebridge_loop_full", "1 while a loop takes no calls because it is busy.", loops, &text) {
            $0.isBusy ? 1 : 0
        }
        histogram("voicebridge_loop_lag_seconds", "How late a loop came to its ticks.", loops, &text, \.lag)
        let age = "From reading a platform's message off the socket until it was answered or handed to the bot."
        histogram("voicebridge_frame_age_seconds", age, loops, &text, \.frameAge)
        let lateness = "How late what calls had to do at a time was done; up to 2 ms are by design."
        histogram("voicebridge_deadline_lateness_seconds", lateness, loops, &text, \.lateness)
    }

    private func gauge(
        _ name: String,
        _ help: String,
        _ loops: [LoopFigures],
        _ text: inout PrometheusText,
        _ value: (LoopFigures) -> Double
    ) {
        text.family(name, .gauge, help)
        for loop in loops { text.sample(name, Self.labels(of: loop), value(loop)) }
    }

    private func histogram(
        _ name: String,
        _ help: String,
        _ loops: [LoopFigures],
        _ text: inout PrometheusText,
        _ figures: KeyPath<LoopFigures, LatencyHistogram>
    ) {
        text.family(name, .histogram, help)
        for loop in loops {
            let histogram = loop[keyPath: figures]
            text.histogram(
                name,
                Self.labels(of: loop),
                buckets: Self.buckets(of: histogram),
                count: histogram.count,
                sum: Double(histogram.sum) / 1e9
            )
        }
    }

    private static func labels(of loop: LoopFigures) -> MetricLabels { MetricLabels([("loop", "\(loop.loop)")]) }

    /// The buckets of a histogram gathered under fewer bounds; one that crosses a bound counts as above it, so that nothing
    /// looks faster than it was.
    static func buckets(of histogram: LatencyHistogram) -> [(bound: Double, count: UInt64)] {
        var buckets = bounds.map { (bound: Double($0) / 1e9, count: UInt64(0)) }
        for (upperEnd, count) in histogram.filled {
            guard let index = bounds.firstIndex(where: { upperEnd <= $0 }) else { continue }
            buckets[index].count += count
        }
        return buckets
    }
}
