// SPDX-License-Identifier: Apache-2.0

import Bots
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

@Suite struct ReceptionistTests {
    static func bot() throws -> ReceptionistBot { ReceptionistBot(prompts: try ReceptionistPrompts()) }

    private func play(
        _ digits: String,
        audio: [Int16] = [],
        for seconds: Int = 60,
        fault: PlatformFault? = nil
    ) throws -> Conversation {
        let schedule = digits.isEmpty ? [] : try ScheduledDigit.schedule(digits)
        return try Conversation(try Self.bot()) {
            $0.digits = schedule
            $0.callerAudio = audio
            $0.duration = .seconds(seconds)
            $0.fault = fault
        }
    }

    @Test(
        "A digit leads where the menu says",
        arguments: [
            ("1@3.0", "session.transfer", "destination", "09810000003"),
            ("2@3.0", "session.transfer_extension", "extension", "204"),
            ("0@3.0", "session.flow_transfer", "flow_id", "operator"),
            ("1@0.1", "session.transfer", "destination", "09810000003"),
            ("9@3.0,2@6.0", "session.transfer_extension", "extension", "204"),
        ]
    )
    func menu(digits: String, type: String, key: String, value: String) throws {
        let call = try play(digits)
        #expect(call.result.violations == [])
        let last = try #require(call.result.commands.last)
        #expect(last.type == type)
        #expect(last[key] == value)
        #expect(call.result.endedBy == .bot)
        #expect(call.result.playback.heard > 8_000)
        #expect(call.result.playback.cut == 0)
        #expect(call.endCount == 1)
    }

    @Test("A caller who says nothing hears the menu three times, then goodbye, then the line ends")
    func noInput() throws {
        let call = try play("", for: 120)
        #expect(call.commands == ["session.hangup"])
        #expect(call.result.endedBy == .bot)
        let menu = try ReceptionistPrompts().menu.duration
        #expect(call.result.duration > menu * 3 + .seconds(15))
        #expect(call.result.playback.cut == 0)
        #expect(call.result.playback.playbacks >= 4)
    }

    @Test("Wrong digits are answered, and the third ends the call")
    func badInput() throws {
        let call = try play("7@2.0,7@8.0,7@14.0", for: 120)
        #expect(call.commands.last == "session.hangup")
        #expect(call.result.endedBy == .bot)
    }

    @Test("What is said after the tone is said back")
    func sayBack() throws {
        let tone = Tone.samples(of: [Tone(frequency: 700, amplitude: 6_000)], rate: 8_000, count: 12 * 8_000)
        let call = try play("3@1.0", audio: [Int16](repeating: 0, count: 8_000) + tone, for: 30)
        #expect(call.result.violations == [])
        // The prompt and the tone take about four seconds, listening five, then five seconds of the caller's own tone.
        let window = call.heard(from: 11_000, to: 12_000).map(Double.init)
        #expect(Spectrum(window, rate: 8_000).signalToNoiseAndDistortion(at: 700) >= 40)
    }

    @Test("A digit during the menu silences it at once")
    func digitStopsMenu() throws {
        let call = try play("2@2.0")
        let clear = try #require(call.result.commands.first { $0.type == "audio.clear" })
        #expect(clear.time == .seconds(2))
    }

    @Test("A voice during the menu silences it")
    func voiceStopsMenu() throws {
        let call = try play("", audio: BargeInTests.voice, for: 10)
        let clear = try #require(call.result.commands.first { $0.type == "audio.clear" })
        #expect(clear.time >= .seconds(1) && clear.time <= .milliseconds(1_300))
    }

    // A message that is too large is the WebSocket's business, which is not in the way here.
    @Test(
        "Whatever the platform does wrong, the call is settled once",
        arguments: PlatformFault.allCases.filter { $0 != .oversize }
    )
    func faults(fault: PlatformFault) throws {
        let call = try play("2@3.0", for: 20, fault: fault)
        if let code = fault.expectedCloseCode { #expect(call.result.closeCode == code) }
        #expect(call.endCount == 1)
    }
}
