// SPDX-License-Identifier: Apache-2.0
import BridgeServer
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

    @Test("silence ends the beeper's call")
    func silence() throws {
        var call = VirtualCall(SimulatedCallConfiguration(), server: try VirtualBridge(bot: Beeper()))
        let result = call.run()
        #expect(result.endedBy == .bot)
        #expect(result.playback.heard == 1_600)
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
}
