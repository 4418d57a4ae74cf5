// SPDX-License-Identifier: Apache-2.0
import Metrics
import Testing

@testable import Operations

@Suite("Prometheus' text format")
struct PrometheusTextTests {
    @Test(
        "numbers",
        arguments: [
            (0.0, "0"), (3, "3"), (-2, "-2"), (0.25, "0.25"), (1e15, "1000000000000000.0"), (1.5e-05, "1.5e-05"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ]
    )
    func numbers(value: Double, text: String) {
        #expect(PrometheusText.number(value) == text)
    }

    /// The escaping of the format's own example, `C:\DIR\FILE.TXT` and a line that is broken.
    @Test("labels are escaped, sorted and cut")
    func labels() {
        let labels = MetricLabels([("path", "C:\\DIR\\FILE.TXT"), ("error", "Cannot find file:\n\"FILE.TXT\"")])
        #expect(
            labels.text == #"{error="Cannot find file:\n\"FILE.TXT\"",path="C:\\DIR\\FILE.TXT"}"#
        )
        #expect(MetricLabels([]).text.isEmpty)
        #expect(MetricLabels([("a", "1"), ("a", "2")]).text == "{a=\"1\"}")
        #expect(
            MetricLabels([("le", "1"), ("__name__", "x"), ("0 b", "")]).text == #"{_0_b="",x__name__="x",xle="1"}"#
        )
        #expect(MetricLabels([("a", String(repeating: "ü", count: 100))]).text.utf8.count == 6 + 128)
    }

    @Test("a family, as the format's description has it")
    func family() {
        var text = PrometheusText()
        text.family("http_request_duration_seconds", .histogram, "A histogram of\nthe request duration.")
        text.histogram(
            "http_request_duration_seconds",
            MetricLabels([("a", "b")]),
            buckets: [(0.05, 24_054), (0.1, 9_390)],
            count: 144_320,
            sum: 53_423
        )
        #expect(
            text.text == """
                # HELP http_request_duration_seconds A histogram of\\nthe request duration.
                # TYPE http_request_duration_seconds histogram
                http_request_duration_seconds_bucket{a="b",le="0.05"} 24054
                http_request_duration_seconds_bucket{a="b",le="0.1"} 33444
                http_request_duration_seconds_bucket{a="b",le="+Inf"} 144320
                http_request_duration_seconds_sum{a="b"} 53423
                http_request_duration_seconds_count{a="b"} 144320

                """
        )
    }
}

@Suite("A factory of swift-metrics")
struct PrometheusMetricsTests {
    private func written(_ metrics: PrometheusMetrics) -> [Substring] {
        var text = PrometheusText()
        metrics.write(into: &text)
        return text.text.split(separator: "\n").filter { !$0.hasPrefix("# HELP") }
    }

    @Test("keeps every kind of figure under the names that Prometheus wants")
    func kinds() {
        let metrics = PrometheusMetrics(descriptions: ["work_seconds": .init(help: "Work.", bounds: [0.1, 1])])
        let counter = Counter(label: "http.requests", dimensions: [("code", "200")], factory: metrics)
        counter.increment()
        Counter(label: "http.requests", dimensions: [("code", "200")], factory: metrics).increment(by: 2)
        FloatingPointCounter(label: "sound_seconds_total", factory: metrics).increment(by: 0.5)
        Gauge(label: "depth", factory: metrics).record(7)
        Meter(label: "level", factory: metrics).set(2.5)
        let timer = Timer(label: "work", factory: metrics)
        timer.recordNanoseconds(50_000_000)
        timer.recordNanoseconds(2_000_000_000)
        #expect(
            written(metrics) == [
                "# TYPE depth gauge", "depth 7", "# TYPE http_requests_total counter",
                "http_requests_total{code=\"200\"} 3", "# TYPE level gauge", "level 2.5",
                "# TYPE sound_seconds_total counter", "sound_seconds_total 0.5", "# TYPE work_seconds histogram",
                "work_seconds_bucket{le=\"0.1\"} 1", "work_seconds_bucket{le=\"1\"} 1",
                "work_seconds_bucket{le=\"+Inf\"} 2", "work_seconds_sum 2.05", "work_seconds_count 2",
            ]
        )
        counter.destroy()
        #expect(!written(metrics).contains { $0.hasPrefix("http_requests") })
    }

    @Test("has a bound for labels with too many values, and one kind for a name")
    func bounds() {
        let metrics = PrometheusMetrics(descriptions: [:], capacity: 3)
        for value in 0..<10 {
            Counter(label: "many", dimensions: [("value", "\(value)")], factory: metrics).increment()
        }
        #expect(written(metrics).count == 4)
        #expect(metrics.dropped == 7)
        Gauge(label: "many_total", factory: metrics).record(1)
        #expect(written(metrics).count == 4)
        #expect(metrics.dropped == 8)
    }

    @Test("is what the words of a label are bounded by")
    func words() {
        let words = BoundedWords(limit: 2)
        #expect(["a", "b", "c", "a"].map(words.word) == ["a", "b", "other", "a"])
    }
}
