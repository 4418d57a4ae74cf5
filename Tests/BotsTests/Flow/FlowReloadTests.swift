// SPDX-License-Identifier: Apache-2.0

import ConfigurationReading
import Foundation
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

@Suite("A flow's file on a server that runs")
struct FlowReloadTests {
    private let folder: FlowFixture.Folder
    private let reports = Reports()

    init() throws { folder = try FlowFixture.Folder() }

    private func write(beeps: Int, target: String = "b") throws -> String {
        let steps = String(repeating: "    - play: beep.wav\n", count: beeps)
        return try folder.write("flow.yaml", "sections:\n  a:\n\(steps)    - go: \(target)\n  b: [hang_up]\n".utf8)
    }

    private func beepsHeard(_ bot: FlowBot) throws -> Int {
        try Conversation(bot) { $0.duration = .seconds(20) }.result.playback.heard / 800
    }

    /// What was reported that is no step of a call.
    private var news: [String] { reports.lines.filter { !$0.hasPrefix("step: ") } }

    @Test("is read anew for the next call when it, or a sound of it, was changed; with faults it is refused once")
    func reload() throws {
        let beep = try folder.write("beep.wav", FlowFixture.beep)
        let file = try write(beeps: 1)
        let bot = try FlowBot(file: file, resources: FlowBot.Resources(report: reports.take))
        #expect(try beepsHeard(bot) == 1)
        _ = try write(beeps: 3)
        #expect(try beepsHeard(bot) == 3)
        #expect(news == ["notice: the flow \(file) was read anew"])

        _ = try write(beeps: 2, target: "nowhere")
        #expect(try beepsHeard(bot) == 3)
        #expect(try beepsHeard(bot) == 3)
        let fault = "\(file):5:11: sections.a[2].go: leads to `nowhere`, which is no section; add it under `sections`"
        #expect(news.last == "refused: the flow \(file) was changed and has faults; the one before stays\n\(fault)")
        #expect(news.count == 2)

        _ = try write(beeps: 2)
        #expect(try beepsHeard(bot) == 2)
        _ = try folder.write("beep.wav", AudioChunk.tone(frequency: 500, duration: .milliseconds(200)).wav)
        #expect(try beepsHeard(bot) == 4)
        try FileManager.default.removeItem(atPath: beep)
        #expect(try beepsHeard(bot) == 4)
        #expect(news.last?.contains("cannot read the sound (there is no such file)") == true)
    }

    @Test("a file with faults is no bot")
    func faults() throws {
        let file = try folder.write("flow.yaml", "sections: {a: [{record: {into: x}}, {say: x}]}".utf8)
        let error = #expect(throws: ConfigurationError.self) { try FlowBot(file: file) }
        #expect(error?.faults.count == 2)
        #expect(throws: ConfigurationError.self) { try FlowBot(file: "\(folder.path)/none.yaml") }
    }
}
