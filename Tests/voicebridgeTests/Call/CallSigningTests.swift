// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallModel
import Foundation
import Testing
import VoiceBridgeTesting

@testable import voicebridge

@Suite("voicebridge call: other platforms' ways, and signatures")
struct CallSigningTests {
    @Test("a variant brings its dialect, its format and its frames")
    func variants() throws {
        let smartflo = try CallCommand.parse(["ws://a", "--variant", "smartflo"]).plannedCall()
        #expect(smartflo.dialect == .twilio)
        #expect(smartflo.variant == .smartflo)
        #expect(smartflo.frameMilliseconds == 100)
        let signalWire = try CallCommand.parse([
            "ws://a", "--dialect", "twilio", "--variant", "signalwire", "--rate", "24000",
        ]).plannedCall()
        #expect(signalWire.format == SimulatedAudioFormat(.pcm, sampleRate: 24_000))
    }

    @Test("telnyx has a codec for each way")
    func codecs() throws {
        let call = try CallCommand.parse([
            "ws://a", "--dialect", "telnyx", "--encoding", "alaw", "--server-encoding", "pcm", "--server-rate", "16000",
        ]).plannedCall()
        #expect(call.format == .alaw8kHz)
        #expect(call.serverFormat == SimulatedAudioFormat(.pcm, sampleRate: 16_000))
    }

    @Test(
        "flags that do not go together are refused",
        arguments: [
            (["--variant", "vobiz", "--dialect", "twilio"], "--variant vobiz goes with --dialect plivo"),
            (["--variant", "acefone", "--encoding", "pcm"], "acefone has none but ulaw 8000"),
            (["--server-rate", "16000"], "go with --dialect telnyx alone"),
            (["--dialect", "telnyx", "--server-encoding", "ulaw", "--server-rate", "16000"], "has no such format"),
            (
                ["--secret-file", "a", "--secret-environment", "b", "--dialect", "twilio"],
                "one of --secret-environment"
            ),
            (["--secret-file", "a"], "ivr-solutions signs nothing"),
            (["--secret-file", "a", "--dialect", "genesys"], "genesys, which needs it"),
            (["--secret-file", "a", "--dialect", "twilio", "--api-key-file", "b"], "goes with --dialect genesys"),
            (["--signed-url", "wss://a"], "go with --secret-environment"),
        ]
    )
    func refusals(flags: [String], words: String) throws {
        #expect {
            _ = try CallCommand.parse(["ws://a"] + flags)
        } throws: { error in
            CallCommand.message(for: error).contains(words)
        }
    }

    @Test("the secret comes from a file, and is asked for when the call is made")
    func secrets() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "voicebridge-\(UUID().uuidString)")
        try Data("k3y\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let signing = try CallCommand.parse(["ws://a", "--dialect", "twilio", "--secret-file", file.path]).signing
        let fields = try #require(try signing.signature(.twilio)).fields(
            for: "wss://h/p",
            session: [],
            nonce: "",
            now: 0
        )
        let same = PlatformSignature.twilio(authToken: .init("k3y")).fields(
            for: "wss://h/p",
            session: [],
            nonce: "",
            now: 0
        )
        #expect(fields.map(\.value) == same.map(\.value))
        let missing = try CallCommand.parse(["ws://a", "--dialect", "plivo", "--secret-file", "/no/such"]).signing
        #expect(throws: (any Error).self) { try missing.signature(.plivo) }
        #expect(try CallCommand.parse(["ws://a"]).signing.signature(.ivrSolutions) == nil)
    }
}
