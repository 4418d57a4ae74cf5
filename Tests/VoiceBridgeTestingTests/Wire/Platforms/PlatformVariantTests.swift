// SPDX-License-Identifier: Apache-2.0
import CallModel
import Dialects
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

/// What platforms that copy another's wire refuse, and what they take beyond it.
@Suite struct PlatformVariantTests {
    static let planted: [(SimulatedVariant, Violation.Rule, VirtualServerOutput)] = [
        (.signalwire, .value, .text(#"{"event":"dtmf","streamSid":"st-01","dtmf":{"digit":"12"}}"#)),
        (.signalwire, .unknownMessage, .text(#"{"event":"end","streamSid":"st-01","call_sid":"ca-01"}"#)),
        (.smartflo, .unknownMessage, .text(#"{"event":"dtmf","streamSid":"st-01","dtmf":{"digit":"1"}}"#)),
        (.smartflo, .keys, .text(#"{"event":"end","streamSid":"st-01","callSid":"ca-01"}"#)),
        (.acefone, .value, .text(#"{"event":"end","streamSid":"st-01","call_sid":"other"}"#)),
        // 159 bytes, which are no whole block of 160.
        (
            .acefone, .frameSize,
            .text(
                #"{"event":"media","streamSid":"st-01","media":{"payload":""#
                    + String(repeating: "/", count: 212) + #""}}"#
            )
        ),
        (.vobiz, .keys, .text(#"{"event":"stop"}"#)),
        (.plainText, .unknownMessage, .text("flush_media")), (.plainText, .value, .text("MARK_MEDIA a:b")),
        (.plainText, .value, .text("MARK_MEDIA")), (.plainText, .keys, .text("HANGUP now")),
        (.plainText, .unknownMessage, .text(#"{"command":"HANGUP"}"#)),
        (.plainText, .frameSize, .binary([UInt8](repeating: 0xFF, count: 100))),
    ]

    private static func call(_ variant: SimulatedVariant) -> SimulatedCallConfiguration {
        var configuration = SimulatedCallConfiguration(variant)
        configuration.callID = "ca-01"
        configuration.streamID = "st-01"
        configuration.duration = .seconds(1)
        return configuration
    }

    @Test(arguments: planted)
    func `what a server says wrong is found`(
        variant: SimulatedVariant,
        rule: Violation.Rule,
        output: VirtualServerOutput
    ) {
        var virtual = VirtualCall(Self.call(variant), server: StandIn([(100, output)]))
        #expect(virtual.run().violations.map(\.rule) == [rule])
    }

    @Test(arguments: [
        (SimulatedVariant.smartflo, #"{"event":"end","streamSid":"st-01","call_sid":"ca-01"}"#),
        (.acefone, #"{"event":"end","streamSid":"st-01","call_sid":"ca-01"}"#),
        (.vobiz, #"{"event":"stop","streamId":"st-01"}"#), (.plainText, "HANGUP"),
    ])
    func `a hang-up ends the call`(variant: SimulatedVariant, message: String) {
        var virtual = VirtualCall(Self.call(variant), server: StandIn([(100, .text(message))]))
        let result = virtual.run()
        #expect(result.violations == [])
        #expect(result.endedBy == .bot)
        #expect(result.endReason == "hangup")
    }

    @Test func `SignalWire takes keys, one in a message`() {
        let keys = ["7", "#"].map { #"{"event":"dtmf","streamSid":"st-01","dtmf":{"digit":"\#($0)"}}"# }
        var virtual = VirtualCall(Self.call(.signalwire), server: StandIn(keys.map { (100, .text($0)) }))
        #expect(virtual.run().digitsReceived == "7#")
    }

    /// The caller's A-law at 8 kHz and the bot's linear audio at 16 kHz on one wire.
    @Test func `Telnyx has a codec for each way`() throws {
        var configuration = SimulatedCallConfiguration(.telnyx)
        configuration.format = .alaw8kHz
        configuration.serverFormat = SimulatedAudioFormat(.pcm, sampleRate: 16_000)
        let tone = Tone(frequency: 700, amplitude: 9_000)
        configuration.callerAudio = Tone.samples(of: [tone], rate: 8_000, count: 8_000)
        configuration.duration = .milliseconds(1_500)
        let bridge = try VirtualBridge(
            bot: SceneBot(.echo),
            dialect: .telnyx,
            dialectOptions: BotOptions([
                "bidirectional_codec": .text("L16"), "bidirectional_sampling_rate": .text("16000"),
            ])
        ) { _ in }
        var call = VirtualCall(configuration, server: bridge, latency: .milliseconds(10))
        let result = call.run()
        #expect(result.violations == [])
        #expect(result.endedAsTold)
        #expect(result.sampleRate == 16_000)
        #expect(result.framesSent == 75)
        let heard = result.heard.dropFirst(4_800).prefix(8_000).map(Double.init)
        // 700 Hz is 350 zero crossings in each direction in half a second.
        let crossings = zip(heard, heard.dropFirst()).filter { ($0 < 0) != ($1 < 0) }.count
        #expect((690...710).contains(crossings))
        #expect(heard.map(abs).max() ?? 0 > 8_000)
    }
}
