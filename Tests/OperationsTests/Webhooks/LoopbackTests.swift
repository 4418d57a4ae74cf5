// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import Foundation
import OutboundHTTP
import Synchronization
import TestSupport
import Testing

@testable import Operations

/// Over sockets of this machine.
@Suite struct LoopbackTests {
    private static let secret = "secret of crm"

    private static func sender(_ spooling: Spooling, _ url: String, secret: String = secret) throws -> WebhookSender {
        var settings = spooling.settings
        settings.endpoints[0].url = url
        settings.endpoints[0].secret = Secret(secret)
        return try WebhookSender(
            path: spooling.path,
            settings: settings,
            calls: 1_000,
            client: URLSessionClient(),
            logger: spooling.log.logger
        )
    }

    private static func tell(_ sender: WebhookSender, _ ids: some Sequence<Int>) throws {
        for number in ids {
            let room = try #require(sender.makeRoom(route: "/v1/exotel"))
            room.callStarted(Spooling.start("call-\(number)"), route: "/v1/exotel", bot: "echo")
            room.callEnded(Spooling.summary(), id: CallID("call-\(number)"), route: "/v1/exotel", bot: "echo")
        }
    }

    private static func server(_ endpoint: Endpoints) async throws -> LoopbackHTTPServer {
        try await LoopbackHTTPServer { request in
            LoopbackHTTPServer.Reply(endpoint.take(request.body, signature: request[WebhookSignature.field]))
        }
    }

    @Test func `Events arrive signed, in order, each once, and what is left is sent at the end`() async throws {
        let endpoint = Endpoints(secret: Self.secret)
        let server = try await Self.server(endpoint)
        let spooling = try Spooling()
        let sender = try Self.sender(spooling, server.url + "/hooks?tenant=1")
        sender.start()
        try Self.tell(sender, 0..<50)
        #expect(await sender.close(sending: .seconds(60)))
        #expect(endpoint.calls == (0..<50).flatMap { ["call-\($0)", "call-\($0)"] })
        #expect(Set(endpoint.bodies.map { Spooling.member("event_id", of: $0) }).count == 100)
        #expect(endpoint.wrong == 0 && sender.counters.delivered == 100 && sender.counters.backlog == 0)
        #expect(sender.makeRoom(route: "/") == nil)
        // Nothing but the database is left behind.
        let files = try FileManager.default.contentsOfDirectory(atPath: spooling.folder.path)
        #expect(files.allSatisfy { !$0.contains("-run-") && !$0.contains("-delivery") }, "\(files)")
        try await server.stop()
    }

    @Test func `A wrong secret is refused, and nothing counts as delivered`() async throws {
        let endpoint = Endpoints(secret: Self.secret)
        let server = try await Self.server(endpoint)
        let spooling = try Spooling()
        let sender = try Self.sender(spooling, server.url, secret: Self.secret + "!")
        sender.start()
        try Self.tell(sender, 0..<3)
        #expect(await sender.close(sending: .seconds(60)))
        #expect(endpoint.bodies.isEmpty && endpoint.wrong >= 1)
        #expect(sender.counters.delivered == 0)
        let waiting = try SpoolAccess(path: spooling.path).events(isDead: false, limit: 10)
        #expect(waiting.count == 6 && waiting[0].trouble == "it answered 401")
        try await server.stop()
    }

    @Test func `A redirection is not followed`() async throws {
        let elsewhere = Endpoints(secret: Self.secret)
        let target = try await Self.server(elsewhere)
        let server = try await LoopbackHTTPServer { [url = target.url] _ in
            LoopbackHTTPServer.Reply(307, [("Location", url)])
        }
        let settings = try Spooling().settings.endpoints[0]
        var endpoint = settings
        endpoint.url = server.url
        let result = try await EndpointClient(endpoint, client: URLSessionClient()).test()
        #expect(!result.isTaken && result.answer.hasPrefix("it answered 307, a redirection, which is not followed"))
        #expect(elsewhere.bodies.isEmpty && elsewhere.wrong == 0)
        try await server.stop()
        try await target.stop()
    }

    @Test func `An endpoint that does not answer costs its timeout, and one that is not there is said`() async throws {
        let server = try await LoopbackHTTPServer { _ in .silence }
        var endpoint = try Spooling().settings.endpoints[0]
        endpoint.url = server.url
        endpoint.timeout = .milliseconds(100)
        let late = try await EndpointClient(endpoint, client: URLSessionClient()).test()
        // On a machine that is busy for seconds, the session's own limit (-1001) comes first.
        let reasons = ["no whole answer within", "the connection failed (-1001)"]
        #expect(!late.isTaken && reasons.contains { late.answer.hasPrefix($0) }, "\(late.answer)")
        try await server.stop()
        endpoint.timeout = .seconds(10)
        let gone = try await EndpointClient(endpoint, client: URLSessionClient()).test()
        #expect(!gone.isTaken && gone.answer.hasPrefix("the connection failed"))
    }

    @Test func `A test says what came back`() async throws {
        let taken = Mutex("")
        let server = try await LoopbackHTTPServer { request in
            taken.withLock { $0 = String(decoding: request.body, as: UTF8.self) }
            return .text("thank\u{1B}you", status: 202)
        }
        var endpoint = try Spooling().settings.endpoints[0]
        endpoint.url = server.url
        let result = try await EndpointClient(endpoint, client: URLSessionClient()).test()
        #expect(result.isTaken && result.answer == "it answered 202" && result.body == "thank you")
        let body = taken.withLock { $0 }
        #expect(body.contains(#""type":"webhook.test","event_id":"\#(result.eventID)""#))
        try await server.stop()
    }

    @Test func `Of two processes with one spool, one sends, and the other goes on when it stops`() async throws {
        let endpoint = Endpoints(secret: Self.secret)
        let server = try await Self.server(endpoint)
        let spooling = try Spooling()
        let old = try Self.sender(spooling, server.url)
        let new = try Self.sender(spooling, server.url)
        old.start()
        try Self.tell(old, 0..<1)
        await endpoint.wait(for: 2)
        new.start()
        // The old one sends what the new one was told.
        try Self.tell(new, 1..<2)
        await endpoint.wait(for: 4)
        #expect(new.counters.delivered == 0)
        #expect(await old.close(sending: .seconds(60)))
        #expect(old.counters.delivered == 4)
        try Self.tell(new, 2..<3)
        await endpoint.wait(for: 6)
        #expect(await new.close(sending: .seconds(60)))
        #expect(new.counters.delivered == 2)
        #expect(endpoint.calls == (0..<3).flatMap { ["call-\($0)", "call-\($0)"] })
        try await server.stop()
    }
}
