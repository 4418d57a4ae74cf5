// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import Foundation
import GRDB
import Logging
import TestSupport
import Testing

@testable import Operations

/// What waits, how much may, and what happens when it cannot be written.
@Suite struct SpoolTests {
    private static func ids(_ count: Int) -> [String] { (0..<count).map { "call-\($0)" } }

    @Test func `What was put into the spool is there for the next run, in order`() async throws {
        let spooling = try Spooling()
        do { try await spooling.sender().record(Self.ids(40)) }
        let sender = try spooling.sender()
        _ = await sender.deliverDue()
        #expect(spooling.sent(to: "crm") == Self.ids(40).flatMap { [$0, $0] })
        #expect(try SpoolAccess(path: spooling.path).events(isDead: nil, limit: 10).isEmpty)
    }

    @Test func `Live calls of a run that died are told as interrupted, once, and no others`() async throws {
        let spooling = try Spooling(["crm"]) { $0.endpoints[0].events = [.callEnded] }
        let old = try spooling.sender()
        let room = try #require(old.makeRoom(route: "/v1/exotel"))
        room.callStarted(Spooling.start("a"), route: "/v1/exotel", bot: "echo")
        try await old.spoolAll()
        let other = try spooling.sender()
        #expect(await other.recover() && other.counters.recovered == 0)
        // A run of a process that is gone: its lock is nobody's.
        try await old.spool.writing.write { database in
            try database.execute(sql: "INSERT INTO run (id, alive_at) VALUES (77, 0); UPDATE live SET run = 77")
        }
        #expect(await other.recover() && other.counters.recovered == 1)
        #expect(await other.recover() && other.counters.recovered == 0)
        _ = await other.deliverDue()
        #expect(spooling.sent(to: "crm") == ["a"])
        let body = try #require(spooling.received.first?.body)
        #expect(Spooling.member("end_reason", of: body) == "interrupted")
        #expect(Spooling.member("from", of: body) == "+915550100")
        #expect(spooling.log.told(.warning).filter { $0.contains("told as interrupted") }.count == 1)
    }

    @Test func `What waits for an endpoint that is gone becomes a dead letter`() async throws {
        let spooling = try Spooling(["crm", "gone"])
        try await spooling.sender().record(["a"])
        var settings = spooling.settings
        settings.endpoints.removeLast()
        let spool = try WebhookSpool(path: spooling.path, settings: settings, now: 0)
        #expect(try await spool.recover(at: 0, now: 0).orphans == 2)
        let dead = try SpoolAccess(path: spooling.path).events(isDead: true, limit: 10)
        #expect(dead.map(\.endpoint) == ["gone", "gone"])
        #expect(dead.first?.trouble == "the endpoint is not in the configuration")
    }

    @Test func `With a full backlog keys are left out, and of all else the oldest become dead letters`() async throws {
        let spooling = try Spooling(["crm"]) { settings in
            settings.backlog = 100
            settings.deadLetters = 20
            settings.endpoints[0].events = [.callEnded, .callDigit]
        }
        let sender = try spooling.sender(calls: 200)
        try await sender.record(Self.ids(100))
        let room = try #require(sender.makeRoom(route: "/"))
        room.callStarted(Spooling.start("keys"), route: "/", bot: "echo")
        for _ in 0..<7 { room.callPressed(try #require(DTMFDigit("1")), id: CallID("keys"), route: "/") }
        try await sender.spoolAll()
        #expect(sender.counters.dropped == 7 && sender.counters.backlog == 100 && sender.counters.dead == 0)
        try await sender.record((100..<150).map { "call-\($0)" })
        let counters = sender.counters
        // Fifty gave way; the last twenty of them are kept.
        #expect(counters.backlog == 100 && counters.dead == 50 && counters.dropped == 7 + 30)
        let access = try SpoolAccess(path: spooling.path)
        #expect(try access.events(isDead: true, limit: 100).map(\.callID) == (30..<50).map { "call-\($0)" })
        #expect(try access.events(isDead: false, limit: 1).map(\.callID) == ["call-50"])
    }

    @Test func `Keys wait for the writer in bounds, and ends of calls beyond them`() async throws {
        let spooling = try Spooling()
        let sender = try spooling.sender(calls: 3)
        let room = try #require(sender.makeRoom(route: "/"))
        room.callStarted(Spooling.start("a"), route: "/", bot: "echo")
        let key = try #require(DTMFDigit("1"))
        for _ in 0..<(WebhookQueue.maximumPassing + 5) { room.callPressed(key, id: CallID("a"), route: "/") }
        room.callEnded(Spooling.summary(), id: CallID("a"), route: "/", bot: "echo")
        #expect(sender.counters.dropped == 5 && sender.counters.queued == WebhookQueue.maximumPassing + 2)
        // Nothing is written: there is room for so many calls, and no more.
        var refused = 0
        for _ in 0..<10_010 where sender.makeRoomForGood() == nil { refused += 1 }
        #expect(refused == 8 && sender.counters.refused == 8)
    }

    @Test func `A disk that is full delays events, loses none, and is said once`() async throws {
        let spooling = try Spooling(["crm"]) { $0.endpoints[0].events = [.callEnded] }
        let client = Endpoints(secret: "secret of crm")
        let sender = try WebhookSender(
            path: spooling.path,
            settings: spooling.settings,
            calls: 100,
            client: client,
            logger: spooling.log.logger
        )
        // As many pages as there are: SQLite answers as it does on a full disk.
        try await sender.spool.writing.write { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        for id in Self.ids(60) {
            let room = try #require(sender.makeRoom(route: "/"))
            room.callStarted(Spooling.start(id), route: "/", bot: "echo")
            room.callEnded(Spooling.summary(), id: CallID(id), route: "/", bot: "echo")
        }
        // Only now, so that what is delivered makes no room for the rest.
        sender.start()
        #expect(await spooling.log.isToldOfError())
        #expect(sender.counters.isInTrouble && sender.counters.pending > 0)
        try await sender.spool.writing.write { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        await client.wait(for: 60)
        #expect(await sender.close())
        #expect(client.calls == Self.ids(60))
        #expect(spooling.log.told(.error).count == 1)
        #expect(spooling.log.told(.error).first?.contains("database or disk is full") == true)
        #expect(spooling.log.told(.notice).filter { $0.contains("no call's end is lost") }.count == 1)
        #expect(!sender.counters.isInTrouble && sender.counters.pending == 0 && sender.counters.dropped == 0)
    }

    @Test func `A database that others lock delays delivery and is said once`() async throws {
        let spooling = try Spooling(["crm"]) { $0.endpoints[0].events = [.callEnded] }
        let sender = try spooling.sender()
        try await sender.record(["a"])
        try await sender.spool.delivering.write { try $0.execute(sql: "PRAGMA busy_timeout = 0") }
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: spooling.path, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        for _ in 0..<4 {
            guard case .at(let time) = await sender.deliverDue()[0] else { break }
            spooling.pass(time - spooling.monotonic)
        }
        // It was sent once: what could not be noted is not sent again.
        #expect(spooling.sent(to: "crm") == ["a"])
        #expect(spooling.log.told(.error).count == 1 && sender.counters.failures == 4)
        try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        spooling.pass(10_000)
        #expect(await sender.deliverDue() == [.idle])
        #expect(spooling.sent(to: "crm") == ["a"])
        #expect(spooling.log.told(.notice).filter { $0.contains("can be used again") }.count == 1)
    }

    @Test func `A file of a newer version, of nobody, or of something else is refused`() async throws {
        let spooling = try Spooling()
        do {
            let spool = try spooling.sender().spool
            try await spool.writing.write { database in
                try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('webhooks 999')")
            }
        }
        let newer = #expect(throws: WebhookError.self) { try spooling.sender() }
        #expect(newer?.description.contains("newer version") == true)
        let access = #expect(throws: WebhookError.self) { try SpoolAccess(path: spooling.path) }
        #expect(access?.description.contains("no spool of this version") == true)
        let none = #expect(throws: WebhookError.self) { try SpoolAccess(path: spooling.path + "-none") }
        #expect(none?.description.contains("there is none") == true)
        #expect(!FileManager.default.fileExists(atPath: spooling.path + "-none"))
        try Data(repeating: 0x41, count: 4_096).write(to: URL(fileURLWithPath: spooling.path + "-text"))
        let text = #expect(throws: WebhookError.self) {
            try WebhookSpool(path: spooling.path + "-text", settings: spooling.settings, now: 0)
        }
        #expect(text?.description.contains("not a database") == true)
        let nowhere = #expect(throws: WebhookError.self) {
            try WebhookSpool(path: "/no/such/folder/webhooks.sqlite", settings: spooling.settings, now: 0)
        }
        #expect(nowhere?.description.hasPrefix("webhooks /no/such/folder/webhooks.sqlite: cannot be opened") == true)
    }
}

extension WebhookSender {
    /// Room that is never given back.
    fileprivate func makeRoomForGood() -> Int64? { queue.takePlace() }
}
