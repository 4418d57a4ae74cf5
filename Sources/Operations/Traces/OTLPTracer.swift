// SPDX-License-Identifier: Apache-2.0
package import BridgeConfiguration
package import Logging
package import Tracing

/// Traces whose spans go to a collector, and which servers before and behind this one are told of by W3C Trace Context.
package struct OTLPTracer: Tracer {
    private let exporter: SpanExporter
    private let sampler: TraceSampler

    /// A tracer whose spans an exporter sends.
    package init(_ settings: TracesConfiguration, exporter: SpanExporter) {
        self.exporter = exporter
        sampler = TraceSampler(share: settings.sample)
    }

    /// Tells the logs of a traced call's work which trace it belongs to.
    package static let metadata = Logger.MetadataProvider {
        guard let trace = ServiceContext.current?.trace, trace.isSampled else { return [:] }
        return ["trace_id": "\(trace.traceID)"]
    }

    package func startSpan<Instant: TracerInstant>(
        _ operationName: String,
        context: @autoclosure () -> ServiceContext,
        ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant,
        function: String,
        file fileID: String,
        line: UInt
    ) -> OTLPSpan {
        var context = context()
        let parent = context.trace
        var random = SystemRandomNumberGenerator()
        var place: TraceContext
        if let parent {
            place = parent
        } else {
            let id = TraceID(high: random.next(), low: .random(in: 1 ... .max, using: &random))
            place = TraceContext(traceID: id, spanID: 0, isSampled: sampler.takes(id))
        }
        place.spanID = .random(in: 1 ... .max, using: &random)
        context.trace = place
        guard place.isSampled else { return OTLPSpan(context, nil, exporter: exporter) }
        let start = instant().nanosecondsSinceEpoch
        let span = FinishedSpan(
            context: place,
            parent: parent?.spanID,
            name: operationName,
            kind: kind,
            start: start,
            end: start
        )
        return OTLPSpan(context, span, exporter: exporter)
    }

    /// Does nothing: what waits is sent within seconds, and when the exporter is closed.
    package func forceFlush() {}

    package func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier,
        into context: inout ServiceContext,
        using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let parent = extractor.extract(key: "traceparent", from: carrier) else { return }
        let state = extractor.extract(key: "tracestate", from: carrier)
        context.trace = TraceContext(traceparent: parent, tracestate: state)
    }

    package func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext,
        into carrier: inout Carrier,
        using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context.trace else { return }
        injector.inject(trace.traceparent, forKey: "traceparent", into: &carrier)
        guard !trace.state.isEmpty else { return }
        injector.inject(trace.state, forKey: "tracestate", into: &carrier)
    }
}
