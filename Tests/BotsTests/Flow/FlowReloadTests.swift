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

    @Test("is read anew when a link to it leads elsewhere, as where settings are mounted")
    func link() throws {
        let manager = FileManager.default
        _ = try folder.write("beep.wav", FlowFixture.beep)
        let link = "\(folder.path)/link.yaml"
        for (index, beeps) in [1, 2].enumerated() {
            let target = try write(beeps: beeps)
            try manager.moveItem(atPath: target, toPath: "\(folder.path)/\(index).yaml")
        }
        try manager.createSymbolicLink(atPath: link, withDestinationPath: "0.yaml")
        let bot = try FlowBot(file: link)
        #expect(try beepsHeard(bot) == 1)
        try manager.removeItem(atPath: link)
        try manager.createSymbolicLink(atPath: link, withDestinationPath: "1.yaml")
        #expect(try beepsHeard(bot) == 2)
    }

    @Test("what is no regular file is not read", arguments: ["/dev/zero", "/dev/null", "/", "."])
    func irregular(path: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try FlowBot(file: path) }
        #expect(error?.faults.first?.message.hasPrefix("cannot be read (it is ") == true)
        let file = try folder.write("flow.yaml", "sections: {a: [{play: \(path)}]}".utf8)
        let sound = #expect(throws: ConfigurationError.self) { try FlowBot(file: file) }
        #expect(sound?.faults.first?.message.hasPrefix("cannot read the sound (it is ") == true)
    }

    @Test("a bot that cannot go on with a call is found before any call")
    func handOver() throws {
        let file = try folder.write(
            "flow.yaml",
            "sections:\n  a:\n    - hand_over: {bot: echo, options: {sample_rate: 8000}}\n".utf8
        )
        let resources = FlowBot.Resources(bots: BuiltInBots.all)
        let error = #expect(throws: ConfigurationError.self) { try FlowBot(file: file, resources: resources) }
        #expect(
            error?.faults.map(\.description) == [
                "3:18: sections.a[0].hand_over: cannot hand over: the bot echo has 8000 Hz, the flow 16000 Hz; give both the "
                    + "same `sample_rate`"
            ]
        )
        _ = try FlowBot(file: file, audioFormat: .linear8kHz, resources: resources)
    }

    @Test("the folder for recordings is made, and one that cannot be is found before any call")
    func recordings() throws {
        let file = try folder.write("flow.yaml", "sections: {a: [{record: {into: x}}]}".utf8)
        let flow = try #require(BuiltInBots.all.first { $0.description.name == "flow" })
        let path = "\(folder.path)/of/calls"
        _ = try flow.make(BotOptions(["file": .text(file), "recordings": .text(path)]))
        #expect(FileManager.default.fileExists(atPath: path))
        let error = #expect(throws: FlowError.self) {
            try flow.make(BotOptions(["file": .text(file), "recordings": .text(file)]))
        }
        #expect(error?.description.contains("cannot write into the folder '\(file)' for recordings") == true)
    }

    @Test("a voice is at a URL", arguments: ["example.net/v1", "ftp://example.net", "https://"])
    func voice(url: String) throws {
        let file = try folder.write("flow.yaml", "sections: {a: [{say: Hello}]}".utf8)
        let flow = try #require(BuiltInBots.all.first { $0.description.name == "flow" })
        #expect(throws: FlowError(description: "`voice_url` is no URL; write https://HOST/v1 or the like")) {
            try flow.make(BotOptions(["file": .text(file), "voice_url": .text(url)]))
        }
        #expect(throws: ConfigurationError.self) { try flow.make(BotOptions(["file": .text(file)])) }
    }

    @Test("a file with faults is no bot")
    func faults() throws {
        let file = try folder.write("flow.yaml", "sections: {a: [{record: {into: x}}, {say: x}]}".utf8)
        let error = #expect(throws: ConfigurationError.self) { try FlowBot(file: file) }
        #expect(error?.faults.count == 2)
        #expect(throws: ConfigurationError.self) { try FlowBot(file: "\(folder.path)/none.yaml") }
    }
}
