// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallRecords
import Testing

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

    @Test("webhooks are told where somebody sends them")
    func webhooks() {
        var text = PrometheusText()
        WebhookFigures(pending: 3, failing: 1, delivered: 7, failures: 2, dead: 1).write(into: &text)
        let lines = text.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines == [
                "voicebridge_webhooks_pending 3", "voicebridge_webhooks_failing 1",
                "voicebridge_webhooks_delivered_total 7", "voicebridge_webhooks_failures_total 2",
                "voicebridge_webhooks_dead_total 1", "voicebridge_webhooks_dead_letters 0",
                "voicebridge_webhooks_dropped_total 0", "voicebridge_webhooks_refused_total 0",
                "voicebridge_webhooks_queued 0", "voicebridge_webhooks_spool_failures_total 0",
                "voicebridge_webhooks_in_trouble 0",
            ]
        )
    }

    @Test("trouble with a spool is told, as its sender counted it")
    func spool() {
        var counters = WebhookCounters()
        counters.endpoints = ["a": .init(backlog: 4, delivered: 3, retried: 2, dead: 1, isFailing: true), "b": .init()]
        (counters.deadLetters, counters.dropped, counters.refused) = (5, 6, 7)
        (counters.queued, counters.failures, counters.isInTrouble) = (8, 9, true)
        #expect(Self.figures { WebhookFigures(counters).write(into: &$0) } == [4, 1, 3, 2, 1, 5, 6, 7, 8, 9, 1])
    }

    @Test("recordings are told where somebody makes them")
    func recordings() {
        var counters = Recordings.Counters()
        (counters.live, counters.completed, counters.refused, counters.lostBytes) = (1, 2, 3, 4)
        (counters.givenUp, counters.isInTrouble, counters.deleted, counters.mended) = (5, true, 7, 8)
        #expect(Self.figures { counters.write(into: &$0) } == [1, 2, 3, 4, 5, 1, 7, 8])
    }

    /// The figures that are written, in their order.
    private static func figures(_ write: (inout PrometheusText) -> Void) -> [Double] {
        var text = PrometheusText()
        write(&text)
        let lines = text.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return lines.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }
}
