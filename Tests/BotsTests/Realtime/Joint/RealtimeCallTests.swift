// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import NIOCore
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

@Suite("Calls with a realtime model") struct RealtimeCallTests {
    @Test(
        "G.711 goes through both ways as it is, from the caller's first sample",
        arguments: [SimulatedAudioFormat.ulaw8kHz, .alaw8kHz]
    )
    func straightThrough(wire: SimulatedAudioFormat) throws {
        let spoken = EchoTests.noise(16_000)
        let said = (0..<4_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 256) }
        let delta =
            #"{"type":"response.output_audio.delta","response_id":"r1","item_id":"i1","output_index":0,"content_index":0,"#
            + #""delta":""# + TestSupport.PlainBase64.encode(said) + #""}"#
        let call = try RealtimeCall("100 response r1\n200 \(delta)\n210 done r1", format: wire) {
            $0.callerAudio = spoken
        }
        #expect(call.result.violations == [])
        #expect(call.service.audio.starts(with: wire.encode(spoken)))
        let heard = try #require(wire.decode(said))
        let first = try #require(call.result.heard.firstIndex { $0 == heard[0] })
        #expect(first == 200 * 8)
        #expect(call.result.heard[first...].starts(with: heard))
        #expect(call.result.playback.received == said.count)
    }

    @Test("Linear audio at 8 kHz is 24 kHz for the service, and what it says comes back at 8 kHz")
    func resampled() throws {
        let spoken = Tone.samples(of: [Tone(frequency: 1_000, amplitude: 12_000)], rate: 8_000, count: 24_000)
        let said = Tone.samples(of: [Tone(frequency: 500, amplitude: 9_000)], rate: 24_000, count: 48_000)
        let delta =
            #"{"type":"response.output_audio.delta","response_id":"r1","item_id":"i1","content_index":0,"delta":""#
            + TestSupport.PlainBase64.encode(SimulatedAudioFormat.pcm8kHz.encode(said)) + #""}"#
        let call = try RealtimeCall("100 response r1\n200 \(delta)\n210 done r1", format: .pcm8kHz) {
            $0.callerAudio = spoken
        }
        #expect(call.result.violations == [])
        let upstream = try #require(SimulatedAudioFormat.pcm8kHz.decode(call.service.audio)).map(Double.init)
        // Three seconds of speech and two of silence.
        #expect((118_000...122_000).contains(upstream.count))
        let part = Spectrum(Array(upstream[24_000..<48_000]), rate: 24_000)
        #expect(part.signalToNoiseAndDistortion(at: 1_000) > 70)
        #expect(abs(part.tone(at: 1_000).amplitude - 12_000) < 120)
        let heard = Spectrum(call.result.heard[8_000..<12_000].map(Double.init), rate: 8_000)
        #expect(heard.signalToNoiseAndDistortion(at: 500) > 70)
        #expect(call.result.playback.received == 16_000)
    }

    @Test("Deltas that end in the midst of a sample join to the same sound", arguments: [961, 1, 4_799])
    func oddDeltas(size: Int) throws {
        let count = size == 1 ? 480 : 24_000
        let said = Tone.samples(of: [Tone(frequency: 500, amplitude: 9_000)], rate: 24_000, count: count)
        let bytes = SimulatedAudioFormat.pcm8kHz.encode(said)
        let deltas = stride(from: 0, to: bytes.count, by: size).map { start in
            #"200 {"type":"response.output_audio.delta","response_id":"r1","item_id":"i1","content_index":0,"delta":""#
                + TestSupport.PlainBase64.encode(Array(bytes[start..<min(start + size, bytes.count)])) + #""}"#
        }
        let script = "100 response r1\n" + deltas.joined(separator: "\n") + "\n210 done r1"
        let call = try RealtimeCall(script, format: .pcm8kHz) { $0.duration = .seconds(2) }
        let whole = try RealtimeCall(
            "100 response r1\n200 "
                + #"{"type":"response.output_audio.delta","response_id":"r1","item_id":"i1","content_index":0,"delta":""#
                + TestSupport.PlainBase64.encode(bytes) + "\"}\n210 done r1",
            format: .pcm8kHz
        ) { $0.duration = .seconds(2) }
        #expect(call.result.violations == [])
        let different = zip(call.result.heard, whole.result.heard).enumerated().first { $0.element.0 != $0.element.1 }
        #expect(different == nil, "at sample \(different?.offset ?? 0)")
        #expect(call.result.playback.heard == whole.result.playback.heard)
        #expect(whole.result.heard.peak > 8_000)
    }

    @Test("What is cut from the model's memory is what the caller heard, whatever waits at the platform")
    func truncation() throws {
        let call = try RealtimeCall(
            """
            100 response r1
            200 audio r1 i1 8000
            2237 speech begins
            2240 done r1 cancelled
            """
        ) { $0.duration = .seconds(5) }
        #expect(call.commands.first == "audio.clear")
        #expect(call.figures.count == 1)
        #expect(call.figures.first?.interruptions == 1)
        #expect(call.figures.first?.inputTokens == 7)
        let told = try #require(call.service.told.first { $0.contains("truncate") })
        let cut = try #require(told.split(separator: " ").last.flatMap { Int($0) })
        #expect(abs(cut - call.result.playback.heard / 8) <= 20)
        #expect(abs(cut - 2_037) <= 20)
        #expect(call.result.playback.received == call.result.playback.heard + call.result.playback.cleared)
    }

    @Test("Caller audio goes up in the instant in which it comes, and from when there is a session")
    func instantly() throws {
        let call = try RealtimeCall("") {
            $0.callerAudio = EchoTests.noise(8_000)
            $0.duration = .seconds(1)
        }
        #expect(call.service.appends.first == .milliseconds(60))
        let later = call.service.appends.filter { $0 > .milliseconds(60) }
        #expect(later.count >= 40)
        #expect(later.allSatisfy { $0.wholeMilliseconds % 20 == 0 })
        #expect(call.service.audio.count == call.result.framesSent * 160)
    }

    @Test("No task stands between the two sockets, in either direction")
    func noHop() throws {
        let call = try RealtimeCall("100 response r1\n200 audio r1 i1 100\n800 audio r1 i1 60\n900 done r1") {
            $0.callerAudio = EchoTests.noise(8_000)
            $0.duration = .seconds(2)
        }
        #expect(call.service.appends.count >= 90)
        #expect(call.service.appendsOfTasks == 0)
        // Eight frames of 20 ms, written before any task, timer or other event of the loop could run.
        #expect(call.directMessages >= 8)
    }

    @Test("A key stops the model at once, and it is told which")
    func digits() throws {
        let call = try RealtimeCall("100 response r1\n200 audio r1 i1 4000\n1100 done r1 cancelled") {
            $0.digits = try ScheduledDigit.schedule("5@1.0")
            $0.duration = .seconds(5)
        }
        #expect(call.commands.first == "audio.clear")
        #expect(call.service.told.contains("1000 cancel r1"))
        #expect(
            call.service.told.contains("2500 item user: The caller pressed these keys on the telephone: 5")
        )
    }

    @Test("A session that is lost comes back with what was said in between")
    func reconnects() throws {
        let call = try RealtimeCall(
            """
            500 closed
            900 open
            910 created
            920 updated
            """
        ) {
            $0.callerAudio = EchoTests.noise(16_000)
            $0.duration = .seconds(2)
        }
        #expect(call.service.connections == 2)
        #expect(call.service.audio.count == call.result.framesSent * 160)
        #expect(call.summary?.reason.side == .caller)
    }

    @Test("A service that takes no key ends the call as a failure of the bot, without the key in any word")
    func refused() throws {
        let call = try RealtimeCall("100 error invalid_api_key", settings: { $0.apiKey = Secret("sk-very-secret-key") })
        let reason = try #require(call.summary?.reason)
        #expect(call.result.endedBy != .caller)
        #expect("\(reason)".contains("invalid_api_key"))
        #expect(!"\(reason)".contains("sk-very"))
    }

    @Test("What the platform says about the call reaches the model")
    func platformWords() throws {
        var session = RealtimeSession(
            settings: RealtimeSettings(),
            start: CallStart(
                callID: CallID("c"),
                streamID: "s",
                platform: "ivr-solutions",
                format: .muLaw8kHz,
                parameters: ["system_msg": "The caller is Ms. Rao.", "text": "Namaste.", "sttlanguage_code": "hi-IN"]
            ),
            tools: []
        )
        session.begin(at: CallInstant(nanoseconds: 0))
        session.opened(at: CallInstant(nanoseconds: 1))
        session.clearOutputs()
        session.receive(#"{"type":"session.created"}"#.utf8.span, at: CallInstant(nanoseconds: 2))
        let update = String(buffer: session.events.buffer)
        #expect(update.contains("The caller is Ms. Rao."))
        #expect(update.contains("hi-IN"))
        #expect(update.contains(#""language":"hi""#))
        session.clearOutputs()
        session.receive(#"{"type":"session.updated","session":{}}"#.utf8.span, at: CallInstant(nanoseconds: 3))
        #expect(String(buffer: session.events.buffer).contains("Namaste."))
    }

    @Test("A service's words in which the key stands are noted without it")
    func redacted() {
        var dialogue = Dialogue({ $0.apiKey = Secret("sk-very-secret") })
        dialogue.session.note("wrong key: sk-very-secret!")
        #expect(dialogue.session.outputs == [.note("wrong key: (secret)!")])
        dialogue.session.fail(RealtimeError(.rejected, "no sk-very-secret"))
        #expect(dialogue.session.outputs.last == .fail(RealtimeError(.rejected, "no (secret)")))
    }
}
