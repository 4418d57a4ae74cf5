// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallRecords
import CallSession
import OutboundHTTP
import Synchronization
import TestSupport

@testable import Operations

/// A spool of a test's own, with clocks that stand still, and endpoints that answer as they are told.
final class Spooling: Sendable {
    /// What an endpoint does with a request.
    enum Answer: Sendable {
        case status(Int, retryAfter: String? = nil)
        case late
        /// Nothing, until all the time that an answer may take has passed.
        case hangs
    }

    struct Received: Sendable, Equatable {
        var endpoint: String
        var body: String
        var signature: String
        /// When it came, in milliseconds of the clock that nobody sets.
        var at: Int64
    }

    private struct State {
        var wall: Int64 = 1_772_000_000_000
        var monotonic: Int64 = 5_000
        var answers: [String: Answer] = [:]
        var received: [Received] = []
    }

    private let state = Mutex(State())
    let folder: TemporaryFolder
    let log = KeptLog()
    let settings: WebhooksConfiguration

    init(_ endpoints: [String] = ["crm"], _ change: (inout WebhooksConfiguration) -> Void = { _ in }) throws {
        folder = try TemporaryFolder()
        var settings = WebhooksConfiguration()
        settings.endpoints = endpoints.map { name in
            WebhookEndpoint(name: name, url: "https://\(name).example/hook", secret: Secret("secret of \(name)"))
        }
        change(&settings)
        self.settings = settings
    }

    var path: String { folder.path + "/webhooks.sqlite" }

    /// Time goes on.
    func pass(_ milliseconds: Int64) {
        state.withLock { state in
            state.wall += milliseconds
            state.monotonic += milliseconds
        }
    }

    /// Somebody sets the clock.
    func step(_ milliseconds: Int64) { state.withLock { $0.wall += milliseconds } }

    func answer(_ endpoint: String, _ answer: Answer) { state.withLock { $0.answers[endpoint] = answer } }

    var monotonic: Int64 { state.withLock { $0.monotonic } }
    var received: [Received] { state.withLock { $0.received } }

    var clock: RecordClock {
        var clock = RecordClock()
        clock.now = { self.state.withLock { $0.wall } }
        clock.monotonic = { self.state.withLock { $0.monotonic } }
        return clock
    }

    /// A sender that nothing drives but the test.
    func sender(calls: Int = 10, client: (any HTTPClient)? = nil) throws -> WebhookSender {
        try WebhookSender(
            path: path,
            settings: settings,
            calls: calls,
            client: client ?? self,
            logger: log.logger,
            clock: clock,
            chance: { 0 }
        )
    }

    /// Bodies that an endpoint was sent, by one member.
    func sent(to endpoint: String, _ member: String = "call_id") -> [String] {
        received.filter { $0.endpoint == endpoint }.map { Self.member(member, of: $0.body) }
    }

    /// The text of a member that stands once in a JSON text.
    static func member(_ name: String, of text: String) -> String {
        guard let range = text.firstRange(of: "\"\(name)\":") else { return "" }
        return String(text[range.upperBound...].drop { $0 == "\"" }.prefix { !"\",}".contains($0) })
    }

    static func start(_ id: String) -> CallStart {
        CallStart(callID: CallID(id), streamID: "stream-\(id)", platform: "exotel", from: "+915550100", to: "204")
    }

    static func summary(_ code: String = "hangup") -> CallSummary {
        CallSummary(reason: EndReason(side: .bot, code: code), duration: .milliseconds(61_250))
    }
}

extension Spooling: HTTPClient {
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let endpoint = String(request.url.dropFirst("https://".count).prefix { $0 != "." })
        let answer = state.withLock { state in
            state.received.append(
                Received(
                    endpoint: endpoint,
                    body: String(decoding: request.body, as: UTF8.self),
                    signature: request.fields[WebhookSignature.field] ?? "",
                    at: state.monotonic
                )
            )
            return state.answers[endpoint] ?? .status(200)
        }
        switch answer {
        case .hangs:
            pass(request.deadline.wholeMilliseconds)
            throw HTTPClientError.deadline(request.deadline)
        case .late: throw HTTPClientError.deadline(request.deadline)
        case .status(let status, let retryAfter):
            var fields = HTTPFields()
            fields["Retry-After"] = retryAfter
            return HTTPResponse(status: status, fields: fields)
        }
    }
}

extension WebhookSender {
    /// Puts what waits into the spool.
    func spoolAll() async throws {
        let entries = queue.takeAll()
        counts.add(try await spool.write(entries, now: steadyTime))
        queue.leavePlaces(entries.count { if case .ended = $0 { true } else { false } })
    }

    /// Calls that begin and end, one after another, into the spool.
    func record(_ ids: some Sequence<String>) async throws {
        for id in ids {
            guard let room = makeRoom(route: "/v1/exotel") else { throw WebhookError("no room for \(id)") }
            room.callStarted(Spooling.start(id), route: "/v1/exotel", bot: "echo")
            room.callEnded(Spooling.summary(), id: CallID(id), route: "/v1/exotel", bot: "echo")
        }
        try await spoolAll()
    }

    /// Lets every delivery do what is due now, until each waits.
    func deliverDue() async -> [EndpointDelivery.Step] {
        var steps: [EndpointDelivery.Step] = []
        for delivery in deliveries {
            var step = await delivery.step()
            while step == .again { step = await delivery.step() }
            steps.append(step)
        }
        return steps
    }

    /// Lets time pass until nothing waits, or so long at most in milliseconds.
    func deliver(for limit: Int64, _ spooling: Spooling) async {
        let end = spooling.monotonic + limit
        while true {
            let times = await deliverDue().compactMap { if case .at(let time) = $0 { time } else { nil } }
            guard let next = times.min(), next <= end else { break }
            spooling.pass(next - spooling.monotonic)
        }
        if spooling.monotonic < end { spooling.pass(end - spooling.monotonic) }
    }
}
