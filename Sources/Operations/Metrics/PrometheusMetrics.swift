// SPDX-License-Identifier: Apache-2.0

package import Metrics
import Synchronization

/// A factory of swift-metrics that keeps the figures in this process, for Prometheus to fetch.
///
/// Names are made such that Prometheus takes them: a counter's ends in `_total`, a timer's in `_seconds`. There are at most
/// ``maximumSeries`` series, so that a label with too many values costs figures and not the process; those that did not fit
/// are counted.
package final class PrometheusMetrics: MetricsFactory {
    /// Most series that are kept.
    package static let maximumSeries = 10_000
    /// Upper bounds of distributions that nobody described, fit for seconds.
    static let usualBounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    /// What is known of a family before its first figure.
    struct Description: Sendable {
        var help: String
        var bounds = PrometheusMetrics.usualBounds
    }

    private enum Series: Sendable {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)

        var kind: PrometheusText.Kind {
            switch self {
            case .counter: .counter
            case .gauge: .gauge
            case .histogram: .histogram
            }
        }

        var object: AnyObject {
            switch self {
            case .counter(let counter): counter
            case .gauge(let gauge): gauge
            case .histogram(let histogram): histogram
            }
        }
    }

    private struct Family {
        let kind: PrometheusText.Kind
        var series: [MetricLabels: Series] = [:]
    }

    private struct State {
        var families: [String: Family] = [:]
        var count = 0
        var dropped = 0
    }

    private let state = Mutex(State())
    private let descriptions: [String: Description]
    private let capacity: Int

    /// A factory without figures.
    ///
    /// - Parameters:
    ///   - descriptions: help and bounds by family.
    ///   - capacity: most series that are kept.
    init(descriptions: [String: Description], capacity: Int = PrometheusMetrics.maximumSeries) {
        self.descriptions = descriptions
        self.capacity = capacity
    }

    /// A factory without figures that knows what a server counts.
    package convenience init() { self.init(descriptions: CallMetric.descriptions) }

    /// Figures that were asked for and are not kept: there are too many, or one of its name is of another kind.
    package var dropped: Int { state.withLock { $0.dropped } }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        aggregate ? histogram(MetricName.family(label), dimensions) : gauge(label, dimensions)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(MetricName.ending("_seconds", MetricName.family(label)), dimensions)
    }

    package func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

    /// Writes all families, in the order of their names.
    func write(into text: inout PrometheusText) {
        let families = state.withLock { $0.families }
        for (name, family) in families.sorted(by: { $0.key < $1.key }) where !family.series.isEmpty {
            text.family(name, family.kind, descriptions[name]?.help ?? "Counted by this program.")
            for (labels, series) in family.series.sorted(by: { $0.key.text < $1.key.text }) {
                switch series {
                case .counter(let counter): text.sample(name, labels, counter.value)
                case .gauge(let gauge): text.sample(name, labels, gauge.value)
                case .histogram(let histogram):
                    let counted = histogram.snapshot
                    text.histogram(name, labels, buckets: counted.buckets, count: counted.count, sum: counted.sum)
                }
            }
        }
    }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterSeries {
        let name = MetricName.ending("_total", MetricName.family(label))
        let made = CounterSeries()
        guard case .counter(let kept)? = keep(.counter(made), name, dimensions) else { return made }
        return kept
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        let made = GaugeSeries()
        guard case .gauge(let kept)? = keep(.gauge(made), MetricName.family(label), dimensions) else { return made }
        return kept
    }

    private func histogram(_ name: String, _ dimensions: [(String, String)]) -> HistogramSeries {
        let made = HistogramSeries(bounds: descriptions[name]?.bounds ?? Self.usualBounds)
        guard case .histogram(let kept)? = keep(.histogram(made), name, dimensions) else { return made }
        return kept
    }

    /// The series of a name and labels, this one where there was none; nil when it cannot be kept.
    private func keep(_ made: Series, _ name: String, _ dimensions: [(String, String)]) -> Series? {
        let labels = MetricLabels(dimensions)
        return state.withLock { state in
            let family = state.families[name] ?? Family(kind: made.kind)
            if family.kind == made.kind {
                if let kept = family.series[labels] { return kept }
                if state.count < capacity {
                    state.families[name, default: family].series[labels] = made
                    state.count += 1
                    return made
                }
            }
            state.dropped += 1
            return nil
        }
    }

    private func forget(_ handler: AnyObject) {
        state.withLock { state in
            for (name, family) in state.families {
                for (labels, series) in family.series where series.object === handler {
                    state.families[name]?.series[labels] = nil
                    state.count -= 1
                }
            }
        }
    }
}
