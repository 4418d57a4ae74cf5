// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeServer
import Synchronization
import Testing
import VoiceBridge
import VoiceBridgeTesting

@Suite("Bots of the documentation")
struct SnippetTests {
    @Test("three is three beeps, and zero is goodbye")
    func beeper() throws {
        var caller = SimulatedCallConfiguration()
        caller.digits = try ScheduledDigit.schedule("3@1.0,0@3.0")
        var call = VirtualCall(caller, server: try VirtualBridge(bot: Beeper()))
        let result = call.run()
        #expect(result.endedAsTold)
        #expect(result.endedBy == .bot)
        #expect(result.playback.heard == 4 * 1_600)
    }

    @Test("the listener asks, beeps after each turn, and asks again twice before it gives up")
    func listener() throws {
        var caller = SimulatedCallConfiguration()
        // A voice for a second, from the second second on.
        let voice = (0..<8_000).map { $0 / 10 % 2 == 0 ? Int16(8_000) : -8_000 }
        caller.callerAudio = [Int16](repeating: 0, count: 16_000) + voice
        caller.duration = .seconds(60)
        var call = VirtualCall(caller, server: try VirtualBridge(bot: Listener()))
        let result = call.run()
        #expect(result.endedAsTold)
        #expect(result.endedBy == .bot)
        #expect(result.playback.heard == 3 * 4_800 + 2_400)
    }

    @Test("silence ends the beeper's call")
    func silence() throws {
        var call = VirtualCall(SimulatedCallConfiguration(), server: try VirtualBridge(bot: Beeper()))
        let result = call.run()
        #expect(result.endedBy == .bot)
        #expect(result.playback.heard == 1_600)
    }

    @Test("the bus line hears two turns, and says goodbye after the second")
    func busLine() throws {
        let said = Mutex<[String]>([])
        let bot = makeBusBot { event in
            if case .heard(let words) = event.kind { said.withLock { $0.append(words) } }
        }
        var caller = SimulatedCallConfiguration()
        let quiet = [Int16](repeating: 0, count: 5 * 8_000)
        for length in [1, 2] {
            let voice = AudioChunk.tone(frequency: 700, duration: .seconds(length), format: .linear8kHz)
            caller.callerAudio += quiet + voice.samples
        }
        caller.duration = .seconds(20)
        var call = VirtualCall(caller, server: try VirtualBridge(bot: bot))
        let result = call.run()
        #expect(result.endedBy == .bot)
        #expect(said.withLock { $0 } == ["next bus", "goodbye"])
    }

    @Test("the switchboard connects on one, and hangs up on two", arguments: ["1", "2"])
    func switchboard(digit: String) throws {
        var caller = SimulatedCallConfiguration()
        caller.digits = try ScheduledDigit.schedule("\(digit)@1.0")
        var call = VirtualCall(caller, server: try VirtualBridge(bot: Switchboard()))
        let result = call.run()
        #expect(result.endedAsTold)
        #expect(result.commands.map(\.type) == [digit == "1" ? "session.transfer" : "session.hangup"])
    }

    @Test("the restaurant's bot can be made, and its tool books tables for up to eight", arguments: [8, 9])
    func restaurant(guests: Int) throws {
        #expect(throws: Never.self) { try restaurantBot(key: Secret("k")) }
        let outcome = Mutex<ToolOutcome?>(nil)
        let bridge = try VirtualBridge(bot: Guest(guests: guests) { told in outcome.withLock { $0 = told } })
        var call = VirtualCall(SimulatedCallConfiguration(), server: bridge)
        #expect(call.run().endedBy == .bot)
        let told = try #require(outcome.withLock { $0 })
        #expect((told == .answer(#"{"booked": true, "table": 7}"#)) == (guests == 8))
        #expect("\(told)".contains("error") == (guests == 9))
    }
}

/// Calls the documentation's tool in place of a model.
private struct Guest: ConversationHandler {
    let guests: Int
    let tell: @Sendable (ToolOutcome) -> Void

    func converse(on call: Call) async throws {
        tell(try await BookTable().run(BookTable.Arguments(name: "Rao", guests: guests), on: call))
    }
}
