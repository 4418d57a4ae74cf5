// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallRecords
import OutboundHTTP
import Synchronization
import TestSupport
import Tracing

@testable import Operations

/// A collector in memory, with an exporter before it, by a clock that stands still.
final class Collector: HTTPClient {
    private struct State {
        var monotonic: Int64 = 5_000
        var status = 200
        var body = "{}"
        var fields = HTTPFields()
        var isDown = false
        var requests: [HTTPRequest] = []
        var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = Mutex(State())
    let log = KeptLog()
    let settings = TracesConfiguration(endpoint: "https://c.example/otlp", headers: ["Api-Key": Secret("pl4nted")])
    private let made = Mutex<SpanExporter?>(nil)

    /// The exporter, which knows the collector.
    var exporter: SpanExporter {
        made.withLock { made in
            if let made { return made }
            var clock = RecordClock()
            clock.monotonic = { self.state.withLock { $0.monotonic } }
            let new = SpanExporter(
                settings,
                version: "1.2.3",
                instance: "one",
                client: self,
                logger: log.logger,
                clock: clock,
                chance: { 0 }
            )
            made = new
            return new
        }
    }

    /// A tracer whose spans come here.
    var tracer: OTLPTracer { OTLPTracer(settings, exporter: exporter) }

    /// Time goes on.
    func pass(_ milliseconds: Int64) {
        state.withLock { $0.monotonic += milliseconds }
        exporter.bell.ring()
    }

    /// Answers so from now on.
    func answer(_ status: Int, _ body: String = "{}", retryAfter: String? = nil) {
        state.withLock { state in
            state.isDown = false
            state.status = status
            state.body = body
            state.fields["Retry-After"] = retryAfter
        }
    }

    /// Does not answer from now on.
    func goDown() { state.withLock { $0.isDown = true } }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// The spans of all requests that were taken.
    func spans() throws -> [ReadSpan] { try requests.flatMap { try ReadSpan.read($0.body).spans } }

    /// Ends spans of a name.
    func end(_ count: Int) {
        for number in 0..<count { tracer.startSpan("span \(number)", context: .topLevel).end() }
    }

    /// Waits until so many requests came.
    func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.requests.count < count else { return true }
                state.waiting = (count, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (answer, woken) = state.withLock { state -> (HTTPResponse?, CheckedContinuation<Void, Never>?) in
            state.requests.append(request)
            let body = HTTPBody([Array(state.body.utf8)])
            let response = HTTPResponse(status: state.status, fields: state.fields, body: body)
            let answer = state.isDown ? nil : response
            guard let waiting = state.waiting, state.requests.count >= waiting.count else { return (answer, nil) }
            state.waiting = nil
            return (answer, waiting.continuation)
        }
        defer { woken?.resume() }
        guard let answer else { throw HTTPClientError.deadline(request.deadline) }
        return answer
    }
}
