// SPDX-License-Identifier: Apache-2.0
import CallModel
import Logging
import OutboundHTTP
import TestSupport
import Testing
import Tracing

@testable import Operations

@Suite("Spans on their way")
struct SpanExporterTests {
    @Test("they are posted in batches, with what the collector asks for")
    func batches() async throws {
        let collector = Collector()
        collector.end(1_200)
        #expect(collector.exporter.counters.pending == 1_200)
        collector.exporter.start()
        await collector.exporter.close()
        let requests = collector.requests
        #expect(requests.allSatisfy { $0.url == "https://c.example/otlp/v1/traces" && $0.method == .post })
        #expect(requests.allSatisfy { $0.fields["Content-Type"] == "application/json" })
        #expect(requests.allSatisfy { $0.fields["Api-Key"] == "pl4nted" })
        #expect(try requests.map { try ReadSpan.read($0.body).spans.count } == [500, 500, 200])
        let resource = try ReadSpan.read(try #require(requests.first).body).resource
        #expect(resource == ["service.name": "voicebridge", "service.version": "1.2.3", "service.instance.id": "one"])
        #expect(collector.exporter.counters == TraceCounters(exported: 1_200))
        #expect(Set(try collector.spans().map(\.spanID)).count == 1_200)
    }

    @Test("a collector that is down costs no more than a bound, is said once, and gets what is kept when it is back")
    func down() async throws {
        let collector = Collector()
        let exporter = collector.exporter
        collector.goDown()
        exporter.start()
        collector.end(SpanExporter.batch)
        await collector.wait(for: 1)
        collector.end(SpanExporter.maximumWaiting)
        #expect(exporter.counters.pending == SpanExporter.maximumWaiting)
        #expect(exporter.counters.dropped == SpanExporter.batch)
        for tries in 2...4 {
            collector.pass(SpanExporter.longestWait)
            await collector.wait(for: tries)
        }
        collector.answer(200)
        collector.pass(SpanExporter.longestWait)
        await exporter.close()
        #expect(exporter.counters.exported == SpanExporter.maximumWaiting && exporter.counters.pending == 0)
        #expect(exporter.counters.dropped == SpanExporter.batch && !exporter.counters.isFailing)
        let warnings = collector.log.told(.warning)
        #expect(warnings.count == 1 && warnings[0].contains("does not take spans; calls go on"), "\(warnings)")
        let notices = collector.log.told(.notice)
        #expect(notices.count == 1 && notices[0].contains("takes spans again"), "\(notices)")
        #expect(!(warnings + notices).contains { $0.contains("pl4nted") })
    }

    @Test("spans that the collector does not want are given up and counted", arguments: [400, 401, 404, 413, 500])
    func refused(_ status: Int) async throws {
        let collector = Collector()
        collector.answer(status)
        collector.end(3)
        collector.exporter.start()
        await collector.exporter.close()
        #expect(collector.exporter.counters.failed == 3 && collector.exporter.counters.isFailing)
        #expect(collector.requests.count == 1 && collector.log.told(.warning).count == 1)
    }

    @Test("at the end there is one more try, and what is left is said")
    func end() async throws {
        let collector = Collector()
        collector.answer(503)
        collector.end(600)
        collector.exporter.start()
        await collector.exporter.close()
        #expect(collector.exporter.counters.dropped == 600 && collector.exporter.counters.pending == 0)
        #expect(collector.log.told(.warning).last?.contains("spans were not sent before the end") == true)
        collector.end(1)
        #expect(collector.exporter.counters.dropped == 601)
    }

    @Test("a collector that asks for time gets it")
    func retryAfter() async throws {
        let collector = Collector()
        collector.answer(429, retryAfter: "60")
        collector.exporter.start()
        collector.end(SpanExporter.batch)
        await collector.wait(for: 1)
        collector.answer(200)
        collector.pass(59_999)
        collector.pass(1)
        await collector.wait(for: 2)
        await collector.exporter.close()
        #expect(collector.exporter.counters.exported == SpanExporter.batch && collector.requests.count == 2)
    }

    @Test(
        "what an answer means",
        arguments: [
            (200, "{}", .taken(rejected: 0, reason: "")), (200, "", .taken(rejected: 0, reason: "")),
            (202, "no json", .taken(rejected: 0, reason: "")),
            (
                200, #"{"partialSuccess":{"rejectedSpans":"2","errorMessage":"too old"}}"#,
                .taken(rejected: 2, reason: "too old")
            ),
            (200, #"{"partialSuccess":{"rejectedSpans":3}}"#, .taken(rejected: 3, reason: "")),
            (200, #"{"partialSuccess":{"rejectedSpans":"-3"}}"#, .taken(rejected: 0, reason: "")),
            (301, "", .refused("it answered 301")), (400, "{}", .refused("it answered 400")),
            (500, "{}", .refused("it answered 500")),
            (429, "{}", .unavailable("it answered 429", asked: 7_000)),
            (502, "{}", .unavailable("it answered 502", asked: 7_000)),
            (503, "{}", .unavailable("it answered 503", asked: 7_000)),
            (504, "{}", .unavailable("it answered 504", asked: 7_000)),
        ] as [(Int, String, CollectorClient.Outcome)]
    )
    func answers(_ status: Int, _ body: String, _ outcome: CollectorClient.Outcome) {
        let response = HTTPResponse(status: status, fields: ["Retry-After": "7"])
        #expect(CollectorClient.outcome(response, Array(body.utf8)) == outcome)
    }

    @Test("a request that belongs to a trace tells whom it asks, and another does not")
    func client() async throws {
        let collector = Collector()
        let scripted = ScriptedHTTPClient(
            [200, 503, 200].map { status in
                .init(.post, "https://user.example/15550100") { _ in HTTPResponse(status: status) }
            }
        )
        let client = TracedHTTPClient(scripted, tracer: collector.tracer, name: "webhook")
        let request = HTTPRequest(.post, "https://user.example/15550100", fields: ["A": "b"])
        var context = ServiceContext.topLevel
        context.trace = TraceContext(traceparent: TraceContextTests.example, tracestate: "congo=t61rcWkgMzE")
        try await ServiceContext.withValue(context) {
            _ = try await client.send(request)
            _ = try await client.send(request)
        }
        _ = try await client.send(request)
        collector.exporter.start()
        await collector.exporter.close()
        let spans = try collector.spans()
        #expect(spans.map(\.name) == ["webhook", "webhook"] && spans.allSatisfy { $0.kind == 3 })
        #expect(spans.map { $0.attributes["http.response.status_code"] } == ["200", "503"])
        #expect(spans.map(\.status) == [0, 2] && spans.allSatisfy { $0.parent == "00f067aa0ba902b7" })
        #expect(spans.allSatisfy { $0.attributes["server.address"] == "user.example" })
        #expect(!collector.requests.contains { String(decoding: $0.body, as: UTF8.self).contains("5550100") })
        let told = scripted.requests.map { $0.fields["traceparent"] }
        #expect(told == spans.map { "00-\($0.traceID)-\($0.spanID)-01" } + [nil])
        #expect(scripted.requests.map { $0.fields["tracestate"] } == ["congo=t61rcWkgMzE", "congo=t61rcWkgMzE", nil])
    }

    @Test("calls whose traces are remembered are bounded, and the oldest is forgotten")
    func recent() {
        let recent = RecentContexts(limit: 3)
        for number in 0..<5 { recent.remember(.topLevel, of: CallID("call-\(number)")) }
        recent.remember(.topLevel, of: CallID("call-4"))
        #expect((0..<5).map { recent.context(of: CallID("call-\($0)")) != nil } == [false, false, true, true, true])
    }
}
