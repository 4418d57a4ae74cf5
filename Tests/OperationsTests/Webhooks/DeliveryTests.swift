// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Logging
import TestSupport
import Testing

@testable import Operations

/// Endpoints that fail, in virtual time.
@Suite struct DeliveryTests {
    private static let hour: Int64 = 3_600_000
    private static let ended: @Sendable (inout WebhooksConfiguration) -> Void = { settings in
        for index in settings.endpoints.indices { settings.endpoints[index].events = [.callEnded] }
    }

    private static func ids(_ count: Int) -> [String] { (0..<count).map { "call-\($0)" } }

    @Test func `Waits double, are bounded, are shortened at random, and heed the endpoint`() {
        var pace = EndpointPace()
        var waits: [Int64] = []
        for attempt in 0..<13 {
            #expect(pace.fail(at: 1_000, chance: 0) == (attempt == 0))
            #expect(pace.isHopeless == (attempt >= 4))
            waits.append(pace.nextAttempt - 1_000)
        }
        #expect(
            waits == [
                1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 600_000, 600_000,
                600_000,
            ]
        )
        _ = pace.fail(at: 1_000, chance: 1)
        #expect(pace.nextAttempt == 301_000)
        _ = pace.fail(at: 1_000, asked: 900_000, chance: 0)
        #expect(pace.nextAttempt == 901_000)
        _ = pace.fail(at: 1_000, asked: 86_400_000, chance: 0)
        #expect(pace.nextAttempt == 3_601_000)
        let told = pace.succeed(at: 5_000)
        #expect(told?.lasted == 4_000 && told?.attempts == 16)
        #expect(pace == EndpointPace() && pace.succeed(at: 5_000) == nil)
    }

    @Test func `After an hour of 500 an endpoint gets everything, in order, with tries counted`() async throws {
        let spooling = try Spooling(["crm"], Self.ended)
        let sender = try spooling.sender()
        try await sender.record(Self.ids(3))
        spooling.answer("crm", .status(500))
        await sender.deliver(for: Self.hour, spooling)
        let tries = spooling.sent(to: "crm", "try")
        // At once, after 1 s, 2 s, … 512 s, which are 1,023 s, and four times after 600 s: all of the first event.
        #expect(tries == (0..<15).map(String.init))
        #expect(Set(spooling.sent(to: "crm")) == ["call-0"])
        #expect(sender.counters.endpoints["crm"]?.isFailing == true && sender.counters.backlog == 3)
        try await sender.record(["call-3"])
        spooling.answer("crm", .status(204))
        await sender.deliver(for: Self.hour, spooling)
        let after = spooling.received.dropFirst(15)
        #expect(after.map { Spooling.member("call_id", of: $0.body) } == Self.ids(4))
        #expect(after.map { Spooling.member("try", of: $0.body) } == ["15", "0", "0", "0"])
        let counters = sender.counters
        #expect(counters.delivered == 4 && counters.retried == 15 && counters.backlog == 0 && counters.dead == 0)
        #expect(counters.endpoints["crm"]?.isFailing == false)
        // Said once when it began, and once when it was over.
        #expect(spooling.log.told(.warning).filter { $0.contains("it answered 500") }.count == 1)
        #expect(spooling.log.told(.notice).filter { $0.contains("takes events again") }.count == 1)
        #expect(spooling.log.told(.error).isEmpty)
        #expect(!(spooling.log.told(.warning) + spooling.log.told(.notice)).joined().contains("5550100"))
    }

    @Test func `After an hour without answers an endpoint gets everything, in order, each once by id`() async throws {
        let spooling = try Spooling(["crm"], Self.ended)
        let sender = try spooling.sender()
        try await sender.record(Self.ids(3))
        spooling.answer("crm", .hangs)
        let began = spooling.monotonic
        await sender.deliver(for: Self.hour, spooling)
        let limit = spooling.settings.endpoints[0].timeout.wholeMilliseconds
        #expect(limit > 0)
        // Each wait is counted from the end of a try, which takes all the time that an answer may take.
        let waits: [Int64] = (0..<10).map { 1_000 << $0 } + [600_000, 600_000, 600_000, 600_000]
        let tries = spooling.received.map { $0.at - began }
        #expect(tries == (0..<tries.count).map { count in waits[..<count].reduce(0) { $0 + $1 + limit } })
        #expect(tries.count == 15 && Set(spooling.sent(to: "crm")) == ["call-0"])
        #expect(Set(spooling.sent(to: "crm", "event_id")).count == 1)
        var counters = sender.counters
        #expect(counters.backlog == 3 && counters.retried == 15 && counters.delivered == 0 && counters.dead == 0)
        #expect(counters.endpoints["crm"]?.isFailing == true)
        // More calls while it hangs: they wait behind.
        try await sender.record(["call-3"])
        spooling.answer("crm", .status(200))
        await sender.deliver(for: Self.hour, spooling)
        let after = spooling.received.dropFirst(15)
        #expect(after.map { Spooling.member("call_id", of: $0.body) } == Self.ids(4))
        #expect(Set(after.map { Spooling.member("event_id", of: $0.body) }).count == 4)
        counters = sender.counters
        #expect(counters.delivered == 4 && counters.backlog == 0 && counters.endpoints["crm"]?.isFailing == false)
        #expect(spooling.log.told(.warning).filter { $0.contains("no whole answer within") }.count == 1)
        #expect(spooling.log.told(.notice).filter { $0.contains("takes events again") }.count == 1)
        #expect(spooling.log.told(.error).isEmpty)
    }

    @Test func `Every try is signed anew, and the event stays the same`() async throws {
        let spooling = try Spooling(["crm"], Self.ended)
        let sender = try spooling.sender()
        try await sender.record(["a"])
        spooling.answer("crm", .late)
        await sender.deliver(for: 1_500, spooling)
        spooling.answer("crm", .status(200))
        await sender.deliver(for: 60_000, spooling)
        let received = spooling.received
        #expect(received.count == 3)
        #expect(Set(spooling.sent(to: "crm", "event_id")).count == 1)
        let right = WebhookSignature(secret: Secret("secret of crm"))
        let wrong = WebhookSignature(secret: Secret("secret of cr"))
        for (request, time) in zip(received, [1_772_000_000, 1_772_000_001, 1_772_000_003] as [Int64]) {
            #expect(request.signature.hasPrefix("t=\(time),sha256="))
            #expect(right.isRight(request.signature, of: Array(request.body.utf8), now: time))
            #expect(!wrong.isRight(request.signature, of: Array(request.body.utf8), now: time))
        }
        #expect(spooling.log.told(.warning).first?.contains("no whole answer within") == true)
    }

    @Test func `One endpoint's trouble holds no other's events`() async throws {
        let spooling = try Spooling(["down", "slow", "well"], Self.ended)
        let sender = try spooling.sender()
        spooling.answer("down", .status(503, retryAfter: "120"))
        spooling.answer("slow", .late)
        try await sender.record(Self.ids(20))
        let steps = await sender.deliverDue()
        let now = spooling.monotonic
        #expect(steps == [.at(now + 120_000), .at(now + 1_000), .idle])
        #expect(spooling.sent(to: "well") == Self.ids(20))
        #expect(spooling.sent(to: "down") == ["call-0"] && spooling.sent(to: "slow") == ["call-0"])
        spooling.answer("down", .status(200))
        await sender.deliver(for: 119_999, spooling)
        #expect(spooling.sent(to: "down").count == 1)
        await sender.deliver(for: 1, spooling)
        #expect(await sender.deliverDue()[0] == .idle)
        #expect(spooling.sent(to: "down") == ["call-0"] + Self.ids(20))
        #expect(sender.counters.endpoints["well"]?.delivered == 20)
    }

    @Test func `After a day events are dead letters, and a retry brings them back before later ones`() async throws {
        let spooling = try Spooling(["crm"], Self.ended)
        let sender = try spooling.sender()
        spooling.answer("crm", .status(500))
        try await sender.record(["old-1", "old-2"])
        await sender.deliver(for: 23 * Self.hour, spooling)
        try await sender.record(["young"])
        #expect(sender.counters.dead == 0)
        await sender.deliver(for: 2 * Self.hour, spooling)
        #expect(sender.counters.dead == 2 && sender.counters.deadLetters == 2 && sender.counters.backlog == 1)
        #expect(spooling.log.told(.error).filter { $0.contains("dead letters") }.count == 1)
        let access = try SpoolAccess(path: spooling.path)
        let dead = try access.events(isDead: true, limit: 10)
        #expect(dead.map(\.callID) == ["old-1", "old-2"])
        #expect(dead[0].tries > 100 && dead[0].trouble == "it answered 500" && dead[1].tries == 0)
        // The young one is tried at the pace that the endpoint has, not anew.
        #expect(Set(spooling.sent(to: "crm")) == ["old-1", "young"])
        #expect(try access.retry([dead[0].eventID, "\(dead[1].number)", "nobody"], endpoint: nil, now: 0) == 2)
        spooling.answer("crm", .status(200))
        let before = spooling.received.count
        await sender.deliver(for: Self.hour, spooling)
        #expect(spooling.sent(to: "crm").dropFirst(before) == ["old-1", "old-2", "young"])
        #expect(try access.events(isDead: nil, limit: 10).isEmpty)
    }

    @Test func `An event that is given up by hand frees what is behind it within seconds, and comes back by a retry`()
        async throws
    {
        let spooling = try Spooling(["crm", "audit"], Self.ended)
        let sender = try spooling.sender()
        spooling.answer("crm", .status(422))
        try await sender.record(["bad", "good"])
        await sender.deliver(for: Self.hour, spooling)
        #expect(Set(spooling.sent(to: "crm")) == ["bad"] && spooling.sent(to: "audit") == ["bad", "good"])
        let access = try SpoolAccess(path: spooling.path)
        let bad = try #require(try access.events(isDead: false, limit: 10).first)
        #expect(try access.drop(["\(bad.number)"], endpoint: "audit", now: 0) == 0)
        #expect(try access.drop(["nobody"], endpoint: nil, now: 0) == 0)
        spooling.answer("crm", .status(200))
        // The endpoint is left alone for minutes, but it is looked for what somebody gave up.
        let before = spooling.received.count
        spooling.pass(2_000)
        guard case .at = await sender.deliverDue()[0] else {
            Issue.record("nothing was given up, and the endpoint is asked again")
            return
        }
        #expect(try access.drop([bad.eventID, bad.eventID], endpoint: "crm", now: 0) == 1)
        #expect(try access.drop([bad.eventID], endpoint: nil, now: 0) == 0)
        spooling.pass(2_000)
        #expect(await sender.deliverDue() == [.idle, .idle])
        #expect(spooling.received.count == before + 1 && spooling.sent(to: "crm").last == "good")
        let dead = try access.events(isDead: true, limit: 10)
        #expect(dead.map(\.callID) == ["bad"] && dead[0].trouble == "given up by hand; it answered 422")
        #expect(try access.retry([bad.eventID], endpoint: nil, now: 0) == 1)
        #expect(await sender.deliverDue() == [.idle, .idle])
        #expect(spooling.sent(to: "crm").last == "bad")
    }

    @Test func `How long the oldest event has waited is told for each endpoint, by a clock that nobody sets`()
        async throws
    {
        let spooling = try Spooling(["crm", "audit"], Self.ended)
        let sender = try spooling.sender()
        spooling.answer("crm", .status(500))
        try await sender.record(["a"])
        spooling.pass(30_000)
        try await sender.record(["b"])
        spooling.pass(30_000)
        spooling.step(-Self.hour)
        _ = await sender.deliverDue()
        sender.counts.hold(try await sender.spool.counts())
        #expect(sender.counters.endpoints["crm"]?.age == 60_000 && sender.counters.endpoints["audit"]?.age == 0)
        spooling.pass(5_000)
        #expect(sender.counters.endpoints["crm"]?.age == 65_000)
        spooling.answer("crm", .status(200))
        await sender.deliver(for: 60_000, spooling)
        #expect(sender.counters.backlog == 0 && sender.counters.endpoints["crm"]?.age == 0)
    }

    @Test(arguments: [2 * 86_400_000, -2 * 86_400_000] as [Int64])
    func `A clock that is set makes nothing dead and delays nothing`(offset: Int64) async throws {
        let spooling = try Spooling(["crm"], Self.ended)
        let sender = try spooling.sender()
        spooling.answer("crm", .status(500))
        try await sender.record(["a"])
        await sender.deliver(for: Self.hour, spooling)
        spooling.step(offset)
        try await sender.record(["b"])
        await sender.deliver(for: Self.hour, spooling)
        #expect(sender.counters.dead == 0 && sender.counters.backlog == 2)
        spooling.answer("crm", .status(200))
        await sender.deliver(for: 600_000, spooling)
        #expect(spooling.sent(to: "crm").suffix(2) == ["a", "b"])
        // Signed at the time that people have now.
        let time = try #require(spooling.received.last?.signature.dropFirst(2).prefix { $0 != "," })
        #expect(try #require(Int64(time)) - 1_772_000_000 > offset / 1_000)
    }

    @Test func `A server that was down for days tries before it gives up`() async throws {
        let spooling = try Spooling(["crm"], Self.ended)
        do { try await spooling.sender().record(Self.ids(2)) }
        spooling.pass(5 * 86_400_000)
        let sender = try spooling.sender()
        // The machine's network comes up after a few seconds.
        spooling.answer("crm", .late)
        await sender.deliver(for: 7_500, spooling)
        #expect(sender.counters.dead == 0 && spooling.received.count == 4)
        spooling.answer("crm", .status(200))
        await sender.deliver(for: 10_000, spooling)
        #expect(spooling.sent(to: "crm").suffix(2) == Self.ids(2)[...])
    }

    @Test(arguments: [
        (301, "it answered 301, a redirection, which is not followed: give the URL that it names"),
        (404, "it answered 404"),
    ])
    func `What is no success is tried again, and says why`(status: Int, reason: String) async throws {
        let spooling = try Spooling(["crm"], Self.ended)
        let sender = try spooling.sender()
        spooling.answer("crm", .status(status))
        try await sender.record(["a"])
        _ = await sender.deliverDue()
        let waiting = try SpoolAccess(path: spooling.path).events(isDead: false, limit: 10)
        #expect(waiting.map(\.trouble) == [reason] && waiting.map(\.tries) == [1])
    }
}
