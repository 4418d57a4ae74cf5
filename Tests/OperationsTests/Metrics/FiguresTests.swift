// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallRecords
import Foundation
import Testing

@testable import BridgeServer
@testable import Operations

@Suite("Figures of the server and the process")
struct FiguresTests {
    /// The fields are those of proc(5): utime 14th, stime 15th, num_threads 20th, starttime 22nd, vsize 23rd, rss 24th.
    @Test("a process is read from proc(5), whatever its name")
    func process() throws {
        let stat = "17 (a ) b) S 1 17 17 0 -1 4194560 1 2 3 4 150 50 7 8 20 0 12 0 1000 4096000 25 18446744073709551615"
        let figures = try #require(
            ProcessFigures(
                stat: stat,
                boot: 1_700_000_000,
                ticks: 100,
                page: 4_096,
                descriptors: 9,
                maximumDescriptors: 1_024
            )
        )
        #expect(figures.processorSeconds == 2)
        #expect(figures.threads == 12)
        #expect(figures.startedAt == 1_700_000_010)
        #expect(figures.virtualBytes == 4_096_000)
        #expect(figures.residentBytes == 102_400)
        #expect(
            ProcessFigures(stat: "17 (a) S 1", boot: 0, ticks: 1, page: 1, descriptors: 0, maximumDescriptors: 0) == nil
        )
    }

    @Test("this process has figures")
    func now() throws {
        let figures = try #require(ProcessWatch().figures)
        #expect(figures.residentBytes > 1_000_000)
        #expect(figures.descriptors > 0 && figures.descriptors < figures.maximumDescriptors)
        #expect(figures.startedAt > 1_600_000_000)
    }

    @Test("a histogram of a loop is gathered under fewer bounds, never below what was measured")
    func buckets() {
        var histogram = LatencyHistogram(.coarse)
        for nanoseconds in [100_000, 490_000, 1_500_000, 30_000_000, 9_000_000_000] as [Int64] {
            histogram.record(nanoseconds)
        }
        let buckets = ServerFigures.buckets(of: histogram)
        var counted: [Double: UInt64] = [:]
        for bucket in buckets where bucket.count > 0 { counted[bucket.bound] = bucket.count }
        // 490 µs lies in a bucket of an eighth that ends at 491 µs.
        #expect(counted == [0.0005: 2, 0.002: 1, 0.05: 1])
        #expect(histogram.count == 5)
    }

    @Test("every refusal for want of room is one that the alert knows")
    func refusals() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let rules = try String(
            contentsOf: root.appending(path: "deploy/observability/prometheus-rules.yaml"),
            encoding: .utf8
        )
        let pattern = try #require(rules.firstMatch(of: /voicebridge_refused_total\{reason=~"(late[^"]*)"/)).output.1
        let regex = try Regex(String(pattern))
        let causes = AdmissionRefusal.Cause.allCases.filter { $0 != .draining }.map(\.rawValue)
        for word in causes + ["late", "busy", NoRoom.records.reason, NoRoom.webhooks.reason] {
            #expect(word.wholeMatch(of: regex) != nil, "\(word)")
        }
        #expect("draining".wholeMatch(of: regex) == nil && "wrong_credentials".wholeMatch(of: regex) == nil)
    }

    @Test("webhooks are told where somebody sends them")
    func webhooks() {
        var counters = WebhookCounters()
        counters.endpoints["crm"] = .init(backlog: 3, age: 1_500, delivered: 7, retried: 2, dead: 1, isFailing: true)
        counters.endpoints["audit"] = .init()
        counters.queued = 4
        counters.isInTrouble = true
        var text = PrometheusText()
        counters.write(into: &text)
        let lines = text.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines.filter { $0.contains("crm") } == [
                "voicebridge_webhooks_pending{endpoint=\"crm\"} 3",
                "voicebridge_webhooks_oldest_seconds{endpoint=\"crm\"} 1.5",
                "voicebridge_webhooks_failing{endpoint=\"crm\"} 1",
                "voicebridge_webhooks_delivered_total{endpoint=\"crm\"} 7",
                "voicebridge_webhooks_failures_total{endpoint=\"crm\"} 2",
                "voicebridge_webhooks_dead_total{endpoint=\"crm\"} 1",
            ]
        )
        #expect(lines.count { $0.contains("audit") && $0.hasSuffix(" 0") } == 6)
        #expect(lines.contains("voicebridge_webhooks_queued 4") && lines.contains("voicebridge_webhooks_in_trouble 1"))
        #expect(lines.count == 20)
    }

    @Test("trouble with a spool is told, as its sender counted it")
    func spool() {
        var counters = WebhookCounters()
        (counters.pending, counters.recovered) = (1, 2)
        (counters.deadLetters, counters.dropped, counters.refused) = (5, 6, 7)
        (counters.queued, counters.failures, counters.isInTrouble) = (8, 9, true)
        #expect(Self.figures { counters.write(into: &$0) } == [8, 1, 5, 1, 6, 7, 9, 2])
    }

    @Test("recordings are told where somebody makes them")
    func recordings() {
        var counters = Recordings.Counters()
        (counters.live, counters.completed, counters.refused, counters.lostBytes) = (1, 2, 3, 4)
        (counters.givenUp, counters.isInTrouble, counters.deleted, counters.mended) = (5, true, 7, 8)
        (counters.writtenMilliseconds, counters.failures) = (61_500, 6)
        #expect(Self.figures { counters.write(into: &$0) } == [1, 2, 61.5, 6, 3, 4, 5, 1, 7, 8])
    }

    /// The figures that are written, in their order.
    private static func figures(_ write: (inout PrometheusText) -> Void) -> [Double] {
        var text = PrometheusText()
        write(&text)
        let lines = text.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return lines.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }
}
