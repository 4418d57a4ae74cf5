// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

/// What the service of `Tests/Realtime` said on a call, as it was recorded there, played again in virtual time.
@Suite("Recorded dialogues with a realtime service") struct RecordedDialogueTests {
    /// Plays a recording of `Tests/Realtime/recordings`.
    private func replay(_ name: String) throws -> RealtimeCall {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Realtime")
        let file = folder.appending(path: "recordings/\(name).dialogue").standardizedFileURL
        let script = try String(contentsOf: file, encoding: .utf8)
        try #require(script.split(separator: "\n").count > 20)
        return try RealtimeCall(script, opening: "", tools: [EndCallTool(), SendDigitsTool()]) {
            $0.duration = .seconds(6)
        }
    }

    @Test("The same recording comes to the same call, to the sample", arguments: ["Tools", "Plain"])
    func deterministic(name: String) throws {
        let (first, second) = (try replay(name), try replay(name))
        #expect(first.service.told == second.service.told)
        #expect(first.service.audio == second.service.audio)
        #expect(first.result.heard == second.result.heard)
        #expect(first.result.commands == second.result.commands)
        #expect(first.result.violations == [])
        #expect(first.result.playback.heard > 8_000)
    }

    @Test("Two calls of functions are answered together, then the call ends behind the goodbye")
    func tools() throws {
        let call = try replay("Tools")
        let told = call.service.told.map { $0.drop { $0 != " " }.dropFirst() }
        #expect(told.first == "update audio/pcmu")
        #expect(told.dropFirst().first == "respond")
        let outputs = told.filter { $0.hasPrefix("output") }
        #expect(outputs.count == 3)
        #expect(outputs.first?.hasSuffix(#"{"ok":true}"#) == true)
        #expect(outputs.dropFirst().first?.contains("error") == true)
        #expect(told.filter { $0 == "respond" }.count == 2)
        #expect(call.result.endedBy == .bot)
        #expect(call.result.digitsReceived == "12")
        #expect(call.result.playback.cut == 0)
    }

    @Test("What the caller talked over is cut where it was heard")
    func interrupted() throws {
        let call = try replay("Plain")
        let cuts = call.service.told.filter { $0.contains("truncate") }
        #expect(cuts.count == 1)
        let cut = try #require(cuts.first?.split(separator: " ").last.flatMap { Int($0) })
        let clear = try #require(call.result.commands.first { $0.type == "audio.clear" })
        let first = try #require(call.result.firstAudio)
        #expect(abs(cut - Int((clear.time - first) / .milliseconds(1))) <= 20)
        #expect(call.result.endedBy == .caller)
    }
}
