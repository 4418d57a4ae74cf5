// SPDX-License-Identifier: Apache-2.0

import Bots
import CallSession
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

@Suite struct EchoTests {
    /// Numbers that no filter or codec leaves alone by chance.
    static func noise(_ count: Int) -> [Int16] {
        var random = RandomNumbers(seed: 7)
        return (0..<count).map { _ in Int16(truncatingIfNeeded: Int64(random.next() % 40_001) - 20_000) }
    }

    static let bots: [@Sendable (AudioFormat) -> any ConversationHandler] = [
        { EchoBot(audioFormat: $0) }, { EchoTaskBot(audioFormat: $0) },
    ]

    @Test("A minute of echo at the wire's own format comes back to the bit", arguments: bots.indices, [20, 10, 100])
    func bitExact(bot: Int, frame: Int) throws {
        let spoken = Self.noise(60 * 8_000)
        let call = try Conversation(Self.bots[bot](.linear8kHz)) {
            $0.callerAudio = spoken
            $0.frameMilliseconds = frame
        }
        #expect(call.result.violations == [])
        #expect(call.result.playback.underruns == 0)
        call.expectNothingLost(frame: frame)
        let first = call.result.heard.firstIndex(of: spoken[0]) ?? 0
        let whole = spoken.count - 8_000
        #expect(call.result.heard[first...].prefix(whole).elementsEqual(spoken.prefix(whole)))
        #expect(call.summary?.samplesReceived == Int64(spoken.count + 2 * 8_000))
        #expect(call.endCount == 1)
    }

    @Test("G.711 comes back to the codec's own error", arguments: [SimulatedAudioFormat.ulaw8kHz, .alaw8kHz])
    func companded(format: SimulatedAudioFormat) throws {
        let spoken = Self.noise(4 * 8_000)
        let once = try #require(format.decode(format.encode(spoken)))
        let call = try Conversation(EchoBot(audioFormat: .linear8kHz)) {
            $0.callerAudio = spoken
            $0.format = format
        }
        #expect(call.result.violations == [])
        let first = try #require(call.result.heard.firstIndex(of: once[0]))
        #expect(Array(call.result.heard[first...].prefix(3 * 8_000)) == Array(once.prefix(3 * 8_000)))
    }

    @Test("Through 16 kHz no sample is lost and a tone comes back clean", arguments: bots.indices)
    func converted(bot: Int) throws {
        let spoken = Tone.samples(of: [Tone(frequency: 1_000, amplitude: 12_000)], rate: 8_000, count: 160_000)
        let call = try Conversation(Self.bots[bot](.linear16kHz)) { $0.callerAudio = spoken }
        #expect(call.result.violations == [])
        #expect(call.result.playback.underruns == 0)
        call.expectNothingLost(frame: 20)
        let heard = call.heard(from: 5_000, to: 6_000).map(Double.init)
        #expect(Spectrum(heard, rate: 8_000).signalToNoiseAndDistortion(at: 1_000) >= 80)
    }

    @Test("The first audio of an echo is there within 60 ms")
    func firstAudio() throws {
        let call = try Conversation(EchoBot()) { $0.callerAudio = Self.noise(8_000) }
        let first = try #require(call.result.firstAudio)
        #expect(first <= .milliseconds(60))
    }
}
