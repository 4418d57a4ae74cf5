// SPDX-License-Identifier: Apache-2.0
import Synchronization
package import Tracing

/// A span that goes to a collector when it ends, or to nobody when its trace is not recorded.
package final class OTLPSpan: Span {
    package let context: ServiceContext
    /// What there is of it; nil when it is over, or nobody wants it.
    private let span: Mutex<FinishedSpan?>
    private let exporter: SpanExporter

    /// A span that begins; nil for `span` when its trace is not recorded.
    init(_ context: ServiceContext, _ span: FinishedSpan?, exporter: SpanExporter) {
        self.context = context
        self.span = Mutex(span)
        self.exporter = exporter
    }

    private func change(_ change: (inout FinishedSpan) -> Void) {
        span.withLock { span in
            guard var changed = span.take() else { return }
            change(&changed)
            span = changed
        }
    }

    package var isRecording: Bool { span.withLock { $0 != nil } }

    package var operationName: String {
        get { span.withLock { $0?.name } ?? "" }
        set { change { $0.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { span.withLock { $0?.attributes } ?? [:] }
        set { change { $0.attributes = newValue } }
    }

    package func setStatus(_ status: SpanStatus) { change { $0.status = status } }

    package func addEvent(_ event: SpanEvent) {
        change { span in
            guard span.events.count < FinishedSpan.maximum.events else { return span.dropped.events += 1 }
            span.events.append(event)
        }
    }

    package func addLink(_ link: SpanLink) {
        change { span in
            guard span.links.count < FinishedSpan.maximum.links else { return span.dropped.links += 1 }
            span.links.append(link)
        }
    }

    /// Tells the error's type alone: its words may hold what does not belong into a trace.
    package func recordError<Instant: TracerInstant>(
        _ error: any Error,
        attributes: SpanAttributes,
        at instant: @autoclosure () -> Instant
    ) {
        var attributes = attributes
        attributes["exception.type"] = String(reflecting: type(of: error))
        addEvent(SpanEvent(name: "exception", at: instant(), attributes: attributes))
    }

    package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        guard var over = span.withLock({ $0.take() }) else { return }
        over.end = max(over.start, instant().nanosecondsSinceEpoch)
        exporter.take(over)
    }
}
