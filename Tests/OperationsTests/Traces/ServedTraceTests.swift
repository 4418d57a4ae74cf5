// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Foundation
import Logging
import OutboundHTTP
import Synchronization
import TestSupport
import Testing
import Tracing
import VoiceBridge
import VoiceBridgeTesting

@testable import BridgeServer
@testable import Operations

@Suite("Traces of a served call")
struct ServedTraceTests {
    /// Answers each turn of the caller's with a tone, once, and hangs up.
    private final class Answering: ConversationHandler {
        let audioFormat = AudioFormat.linear8kHz
        /// What its task belongs to.
        let context = Mutex<ServiceContext?>(nil)

        func converse(on call: Call) async throws {
            context.withLock { $0 = .current }
            for await event in call.events {
                guard case .turnEnded = event else { continue }
                _ = try await call.play(Prompt(AudioChunk(wav: OperatedServer.wav(.milliseconds(500)))))
                return
            }
        }
    }

    /// What a person says for about a second.
    private static func speech() throws -> [Int16] {
        let root = URL(filePath: #filePath).pathComponents.dropLast(4).joined(separator: "/").dropFirst()
        let file = URL(filePath: root + "/audio-fixtures/prompts/connecting-8k.wav")
        let bytes = try Data(contentsOf: file).dropFirst(44)
        let pairs = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2)
        return pairs.map { Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8) }
    }

    @Test("spans over HTTP form one tree under the upgrade's, and each lies within its parent")
    func tree() async throws {
        let bodies = Mutex<[[UInt8]]>([])
        let server = try await LoopbackHTTPServer { request in
            bodies.withLock { $0.append(request.path == "/v1/traces" ? request.body : []) }
            return .text("{}", type: "application/json")
        }
        let settings = TracesConfiguration(endpoint: server.url)
        let log = KeptLog()
        let exporter = SpanExporter(settings, version: "1", client: URLSessionClient(), logger: log.logger)
        exporter.start()
        let bot = Answering()
        let tracer = OTLPTracer(settings, exporter: exporter)
        let result = try await OperatedServer.run(bot: bot, tracer: tracer, traces: { exporter.counters }) { serving in
            var call = SimulatedCallConfiguration(.ivrSolutions)
            call.callerAudio = try Self.speech()
            call.duration = .seconds(20)
            var connection = SimulatedConnection()
            connection.headers = [try #require(.init("traceparent", TraceContextTests.example))]
            let url = "ws://127.0.0.1:\(serving.port)/v1/ivr-solutions"
            let result = try await SimulatedCall.run(url: url, call, connection: connection)
            let page = try await serving.ask(.get, "/metrics").text
            #expect(page.contains("\nvoicebridge_trace_spans_dropped_total 0\n"), "\(page)")
            return result
        }
        #expect(result.violations.isEmpty)
        await exporter.close()
        let spans = try bodies.withLock { $0 }.flatMap { try ReadSpan.read($0).spans }
        try await server.stop()
        #expect(exporter.counters.exported == spans.count && exporter.counters.failed == 0)
        let byID = Dictionary(uniqueKeysWithValues: spans.map { ($0.spanID, $0) })
        let roots = spans.filter { $0.name == "call" }
        #expect(roots.count == 1 && roots[0].parent == "00f067aa0ba902b7")
        #expect(spans.allSatisfy { $0.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" })
        for span in spans where span.name != "call" {
            let parent = try #require(span.parent.flatMap { byID[$0] }, "\(span)")
            #expect(parent.start <= span.start && span.end <= parent.end, "\(span) in \(parent)")
        }
        for name in ["setup", "turn", "end_of_turn", "taken", "sent", "heard"] {
            #expect(spans.contains { $0.name == name }, "\(name)")
        }
        #expect(bot.context.withLock { $0?.trace?.spanID.hexadecimal } == roots[0].spanID)
    }

    @Test("a collector that is down, slow or broken changes nothing for calls", arguments: [nil, 200, 500])
    func trouble(_ status: Int?) async throws {
        let server = try await LoopbackHTTPServer { _ in
            status.map { $0 == 200 ? .silence : LoopbackHTTPServer.Reply($0) } ?? .silence
        }
        let url = server.url
        if status == nil { try await server.stop() }
        let settings = TracesConfiguration(endpoint: url)
        let log = KeptLog()
        let exporter = SpanExporter(settings, version: "1", client: URLSessionClient(), logger: log.logger)
        exporter.start()
        let tracer = OTLPTracer(settings, exporter: exporter)
        try await OperatedServer.run(tracer: tracer) { serving in
            for _ in 0..<3 {
                let result = try await serving.call { _ in }
                #expect(result.violations.isEmpty)
            }
        }
        await exporter.close(within: .milliseconds(200))
        let counters = exporter.counters
        #expect(counters.exported == 0 && counters.pending == 0, "\(counters)")
        #expect(counters.dropped + counters.failed == 6, "\(counters)")
        #expect((1...2).contains(log.told(.warning).count), "\(log.told(.warning))")
        if status != nil { try await server.stop() }
    }

    @Test("lines of a traced call's work name its trace")
    func metadata() {
        let collector = Collector()
        var context = ServiceContext.topLevel
        context.trace = TraceContext(traceparent: TraceContextTests.example)
        #expect(OTLPTracer.metadata.get().isEmpty)
        ServiceContext.withValue(context) {
            #expect(OTLPTracer.metadata.get() == ["trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"])
        }
        context.trace?.isSampled = false
        ServiceContext.withValue(context) { #expect(OTLPTracer.metadata.get().isEmpty) }
        #expect(collector.requests.isEmpty)
    }
}
