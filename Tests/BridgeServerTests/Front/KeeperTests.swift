// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import Logging
import Testing

/// What keeps something of every call has room for it before the call is let in.
@Suite struct KeeperTests {
    /// Room for so many calls, and what was told of them.
    private final class Keeper: CallKeeper {
        struct Kept: Sendable {
            var free: Int
            var told: [String] = []
        }

        let kept: Watched<Kept>

        init(_ rooms: Int) { kept = Watched(Kept(free: rooms)) }

        func makeRoom(route: String) -> (any CallObserver)? {
            let hasRoom = kept.update { kept -> Bool in
                guard kept.free > 0 else { return false }
                kept.free -= 1
                return true
            }
            return hasRoom ? Room(kept: kept) : nil
        }
    }

    /// Room for nobody, for a reason of its own.
    private struct Full: CallKeeper {
        var shortage: NoRoom
        func makeRoom(route: String) -> (any CallObserver)? { nil }
    }

    @Test(arguments: [NoRoom.records, .webhooks, NoRoom(reason: "shelf_full", text: "no room")])
    func `A call is refused by the word of the keeper that has no room`(shortage: NoRoom) async throws {
        let keeper = CallKeepers([Keeper(1), Full(shortage: shortage)])
        try await RunningServer.run(TestBot.silent(), keeper: keeper) { serving in
            let answer = try #require(try await RawClient.ask(serving.port, RawClient.request()))
            #expect(answer.status == 503)
            #expect(try await serving.observed.refusal() == [shortage.reason])
        }
    }

    private final class Room: CallObserver {
        let kept: Watched<Keeper.Kept>

        init(kept: Watched<Keeper.Kept>) { self.kept = kept }

        deinit { kept.update { $0.free += 1 } }

        func callStarted(_ start: CallStart, route: String, bot: String) {
            tell("begins \(start.callID) \(route) \(bot)")
        }

        func callPressed(_ digit: DTMFDigit, id: CallID, route: String) { tell("presses \(digit) \(id)") }
        func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) { tell("ends \(id)") }

        private func tell(_ text: String) { kept.update { $0.told.append(text) } }
    }

    @Test func `Without room a call is refused, and with room it is told of`() async throws {
        let keeper = Keeper(1)
        let change: (inout BridgeConfiguration) -> Void = { $0.limits.retryAfter = .seconds(7) }
        let bot = TestBot.silent()
        try await RunningServer.run(bot, keeper: keeper, change: change) { serving in
            let first = try await serving.call(following: Wire.start() + Wire.digit("4") + Wire.digit("#"))
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            let answer = try #require(try await RawClient.ask(serving.port, RawClient.request()))
            #expect(answer.status == 503 && answer["Retry-After"] == "7")
            #expect(try await serving.observed.refusal() == ["records_full"])
            // The refused one is in no count.
            #expect(serving.server.callCount == 1)
            try await first.send(Wire.stop)
            #expect(try await first.closeCode() == 1000)
            _ = try await keeper.kept.wait("room") { $0.free == 1 ? true : nil }
            let next = try await serving.call(following: Wire.stop)
            #expect(try await next.closeCode() != nil)
            _ = try await keeper.kept.wait("room") { $0.free == 1 ? true : nil }
            let told = keeper.kept.value.told
            #expect(
                told.prefix(4) == [
                    "begins call-1 /v1/ivr-solutions test", "presses 4 call-1", "presses # call-1", "ends call-1",
                ]
            )
            // One that never began is told as ended alone.
            #expect(told.count == 5 && told.last?.hasPrefix("ends connection-") == true)
        }
    }

    @Test func `A configuration that asks for records is not served without them`() throws {
        let error = #expect(throws: BridgeServerError.self) {
            let configuration = try RunningServer.configuration { $0.records.path = "calls.sqlite" }
            _ = try BridgeServer(configuration: configuration, bots: BotCatalogue(), logger: Logger(label: "test"))
        }
        #expect(error?.description.hasPrefix("records.path: this program keeps no records") == true)
    }
}
