// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import Testing

@testable import Operations

/// What is told of a call.
@Suite struct EventTests {
    private static let route = "/v1/exotel"

    private static func bodies(_ spooling: Spooling, _ type: String) -> [String] {
        spooling.received.map(\.body).filter { Spooling.member("type", of: $0) == type }
    }

    @Test(arguments: [RecordsConfiguration.Digits.masked, .shown])
    func `A call is told from its beginning to its end`(digits: RecordsConfiguration.Digits) async throws {
        let spooling = try Spooling { $0.digits = digits }
        let sender = try spooling.sender()
        let room = try #require(sender.makeRoom(route: Self.route))
        let id = CallID("CA1")
        room.callStarted(Spooling.start("CA1"), route: Self.route, bot: "echo")
        for key in "4#" { room.callPressed(try #require(DTMFDigit(key)), id: id, route: Self.route) }
        for _ in 0..<2 { room.callNoted(id, route: Self.route, .botFailed("it \"broke\"")) }
        var summary = Spooling.summary("transfer")
        summary.transfer = .phone("+915550177")
        summary.outOfBand = [CallControlOutcome(.transfer(.phone("+915550177")), failure: nil, time: .milliseconds(80))]
        summary.botError = "it broke"
        summary.digits = 2
        for _ in 0..<2 { room.callEnded(summary, id: id, route: Self.route, bot: "echo") }
        sender.tell(ReadyRecording(callID: id, route: Self.route, file: "CA1.wav", duration: .seconds(61), bytes: 99))
        let told = PlatformCallEvent(call: id, platform: "ivr-solutions", name: "call.in-progress")
        sender.platformTold(told, .live)
        sender.platformTold(PlatformCallEvent(call: id, platform: "ivr-solutions", name: "call.ringing"), .live)
        try await sender.spoolAll()
        _ = await sender.deliverDue()
        #expect(
            spooling.sent(to: "crm", "type") == [
                "call.started", "call.digit", "call.digit", "bot.failed", "call.transfer", "call.ended",
                "recording.ready", "call.answered",
            ]
        )
        #expect(Set(spooling.sent(to: "crm")) == ["CA1"])
        #expect(Set(spooling.sent(to: "crm", "event_id")).count == 8)
        let shown = Self.bodies(spooling, "call.digit").map { Spooling.member("digit", of: $0) }
        #expect(shown == (digits == .shown ? ["4", "#"] : ["*", "*"]))
        let started = try #require(Self.bodies(spooling, "call.started").first)
        #expect(
            started.hasSuffix(
                #""hook_hash":"crm","try":0,"data":{"bot":"echo","call_id":"CA1","codec":"pcm","from":"+915550100","#
                    + #""made_up_id":false,"platform":"exotel","route":"/v1/exotel","sample_rate":8000,"#
                    + #""started_at":"2026-02-25T06:13:20.000Z","stream_id":"stream-CA1","to":"204"}}"#
            )
        )
        let ended = try #require(Self.bodies(spooling, "call.ended").first)
        let members = [
            ("ended_by", "bot"), ("end_reason", "transfer"), ("duration_ms", "61250"), ("transfer", "phone"),
            ("transfer_to", "+915550177"), ("digit_count", "2"), ("bot_error", "it broke"),
        ]
        for (name, value) in members { #expect(Spooling.member(name, of: ended) == value, "\(name)") }
        #expect(Self.bodies(spooling, "call.transfer").first?.contains(#""out_of_band":[{"action":"transfer""#) == true)
        #expect(Self.bodies(spooling, "bot.failed").first?.contains(#""bot_error":"it \"broke\"""#) == true)
        #expect(sender.counters.pending == 0 && sender.counters.delivered == 8)
    }

    @Test func `An endpoint gets what it asks for`() async throws {
        let spooling = try Spooling(["all", "ends"]) { $0.endpoints[1].events = [.callEnded, .botFailed] }
        let sender = try spooling.sender()
        try await sender.record(["a"])
        _ = await sender.deliverDue()
        #expect(spooling.sent(to: "all", "type") == ["call.started", "call.ended"])
        #expect(spooling.sent(to: "ends", "type") == ["call.ended"])
        // It is one event, to whomever it is told.
        #expect(spooling.sent(to: "all", "event_id").last == spooling.sent(to: "ends", "event_id").first)
    }

    @Test func `A socket on which nothing began tells nothing and gives its place back`() async throws {
        let spooling = try Spooling()
        let sender = try spooling.sender()
        do {
            let room = try #require(sender.makeRoom(route: Self.route))
            #expect(sender.counters.pending == 1)
            room.callPressed(try #require(DTMFDigit("1")), id: CallID("a"), route: Self.route)
            room.callEnded(Spooling.summary(), id: CallID("a"), route: Self.route, bot: "echo")
        }
        #expect(sender.counters.pending == 0 && sender.counters.queued == 0)
    }

    @Test func `A call that is let go without an end is told as interrupted`() async throws {
        let spooling = try Spooling(["crm"])
        let sender = try spooling.sender()
        do {
            let room = try #require(sender.makeRoom(route: Self.route))
            room.callStarted(Spooling.start("a"), route: Self.route, bot: "echo")
        }
        try await sender.spoolAll()
        _ = await sender.deliverDue()
        let ended = try #require(Self.bodies(spooling, "call.ended").first)
        #expect(Spooling.member("end_reason", of: ended) == "interrupted")
        #expect(Spooling.member("ended_by", of: ended) == "error")
        #expect(sender.counters.pending == 0)
    }

    @Test func `What is told of a call is bounded, and text of others' is safe`() async throws {
        let spooling = try Spooling()
        let sender = try spooling.sender()
        let room = try #require(sender.makeRoom(route: Self.route))
        var start = Spooling.start("a")
        start.from = String(repeating: "\"", count: 10_000)
        start.streamID = "\u{0}\n\\"
        room.callStarted(start, route: Self.route, bot: "echo")
        try await sender.spoolAll()
        _ = await sender.deliverDue()
        let body = try #require(spooling.received.first?.body)
        #expect(body.utf8.count < 1_024)
        #expect(body.contains(#""stream_id":"\u0000\n\\""#))
        #expect(body.contains(String(repeating: #"\""#, count: 128) + "\""))
    }

    @Test func `Several keepers are one, and room is given back when one has none`() throws {
        let first = try Spooling()
        let second = try Spooling()
        let (many, none) = (try first.sender(), try second.sender())
        #expect(CallKeepers([many, none]).makeRoom(route: "/") != nil)
        none.queue.close()
        #expect(CallKeepers([many, none]).makeRoom(route: "/") == nil)
        #expect(throws: NoRoom.webhooks) { try CallKeepers([many, none]).room(route: "/", tenant: nil) }
        #expect(many.counters.pending == 0 && none.counters.refused == 2)
    }
}
