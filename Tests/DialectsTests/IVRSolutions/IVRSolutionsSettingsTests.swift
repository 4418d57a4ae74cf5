// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

@Suite struct IVRSolutionsSettingsTests {
    @Test func withoutOptionsAllIsAsTheDefaultsSay() throws {
        #expect(try IVRSolutionsSettings(options: BotOptions()) == IVRSolutionsSettings())
        var defaults: [String: BotOptionValue] = [:]
        for option in IVRSolutionsSettings.options { defaults[option.name] = option.defaultValue }
        #expect(try IVRSolutionsSettings(options: BotOptions(defaults)) == IVRSolutionsSettings())
    }

    @Test func everyOptionIsTaken() throws {
        var expected = IVRSolutionsSettings()
        expected.audioOut = .binary
        expected.frameMilliseconds = 100
        expected.marks = true
        expected.utteranceEnd = true
        expected.hangUpReason = true
        expected.allowSIPDestination = true
        expected.defaultCountry = .india
        expected.inputAudioPath = ["data", "audio", "chunk"]
        let options: [String: BotOptionValue] = [
            "audio_out": .text("binary"),
            "frame_ms": .integer(100),
            "marks": .flag(true),
            "utterance_done": .flag(true),
            "hangup_reason": .flag(true),
            "allow_sip_destination": .flag(true),
            "default_country": .text("IN"),
            "input_audio_path": .text("data.audio.chunk"),
        ]
        #expect(Set(options.keys) == Set(IVRSolutionsSettings.options.map(\.name)))
        #expect(try IVRSolutionsSettings(options: BotOptions(options)) == expected)
    }

    @Test(arguments: [
        ("audio_out", BotOptionValue.text("opus")), ("frame_ms", .integer(30)), ("frame_ms", .integer(0)),
        ("frame_ms", .integer(220)), ("default_country", .text("XX")), ("default_country", .text("")),
        ("input_audio_path", .text("")),
        ("input_audio_path", .text("a..b")),
        ("input_audio_path", .text(".a")),
        ("input_audio_path", .text(String(repeating: "a.", count: 16) + "a")),
    ])
    func aBadValueIsNamed(name: String, value: BotOptionValue) {
        do {
            _ = try IVRSolutionsSettings(options: BotOptions([name: value]))
            Issue.record("took \(name)")
        } catch {
            #expect(error.shortDescription == "bad_option")
            #expect(error.description.contains(name))
        }
    }

    @Test func capabilitiesFollowTheSettings() {
        var settings = IVRSolutionsSettings()
        let plain = DialectCapabilities(
            clear: true,
            marks: false,
            sendDigits: true,
            hangUp: true,
            transfers: [.phone, .phones, .extension, .flow, .bot],
            closeMeaning: .unknown
        )
        #expect(IVRSolutionsDialect.capabilities(settings) == plain)
        settings.marks = true
        settings.allowSIPDestination = true
        #expect(IVRSolutionsDialect.capabilities(settings).marks)
        #expect(IVRSolutionsDialect.capabilities(settings).transfers.contains(.sip))
    }
}
