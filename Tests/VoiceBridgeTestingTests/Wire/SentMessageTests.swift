// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// What the platform sends, compared with the examples of its document.
@Suite struct SentMessageTests {
    @Test func `messages are the document's, byte for byte`() {
        var configuration = call(60) {
            $0.digits = ScheduledDigit("4", at: .milliseconds(45)).map { [$0] } ?? []
            $0.callerAudio = [0, 1, -1]
        }
        configuration.frameMilliseconds = 20
        var virtual = VirtualCall(configuration, server: StandIn())
        _ = virtual.run()
        let sent = virtual.server.received
        let silence = String(repeating: "A", count: 419)
        #expect(
            sent == [
                #"{"event":"connected"}"#,
                #"{"event":"start","sequence_number":1,"stream_sid":"1790000000.41","start":{"stream_sid":"1790000000.41","call_sid":"call_1790000000000_x7k2p9","from":"9810000001","to":"18000000002","media_format":{"encoding":"raw/slin","sample_rate":8000}}}"#,
                #"{"event":"media","sequence_number":2,"stream_sid":"1790000000.41","media":{"chunk":1,"timestamp":"20","payload":"AAABAP//"#
                    + silence.dropLast(0) + #"="}}"#,
                #"{"event":"media","sequence_number":3,"stream_sid":"1790000000.41","media":{"chunk":2,"timestamp":"40","payload":"AAAAAAAA"#
                    + silence + #"="}}"#,
                #"{"event":"dtmf","sequence_number":4,"stream_sid":"1790000000.41","dtmf":{"digit":"4","duration":"110"}}"#,
                #"{"event":"media","sequence_number":5,"stream_sid":"1790000000.41","media":{"chunk":3,"timestamp":"60","payload":"AAAAAAAA"#
                    + silence + #"="}}"#,
                #"{"event":"stop","sequence_number":6,"stream_sid":"1790000000.41","stop":{"call_sid":"call_1790000000000_x7k2p9","reason":"callended"}}"#,
            ]
        )
    }

    static let formats: [(SimulatedAudioFormat.Encoding, Int, String, Int)] = [
        (.pcm, 16_000, #""encoding":"raw/slin","sample_rate":16000"#, 640),
        (.ulaw, 8_000, #""encoding":"raw/mulaw","sample_rate":8000"#, 160),
        (.alaw, 48_000, #""encoding":"raw/alaw","sample_rate":48000"#, 960),
    ]

    @Test(arguments: formats)
    func `the format is named and kept`(
        encoding: SimulatedAudioFormat.Encoding,
        rate: Int,
        named: String,
        bytes: Int
    ) throws {
        let format = try #require(SimulatedAudioFormat(encoding, sampleRate: rate))
        var virtual = VirtualCall(
            call(40) {
                $0.format = format
                $0.sendsBinaryAudio = true
            },
            server: StandIn()
        )
        _ = virtual.run()
        #expect(virtual.server.received[1].contains(named))
        #expect(virtual.server.binaries.map(\.count) == [bytes, bytes])
    }

    @Test func `silence is the law's own`() {
        #expect(SimulatedAudioFormat.ulaw8kHz.encode([0]) == [0xFF])
        #expect(SimulatedAudioFormat.alaw8kHz.encode([0]) == [0xD5])
    }

    @Test func `media is counted in samples, not in wake-ups`() {
        // Woken every 33 ms instead of every 20, the platform has sent as much at the end of each second.
        var platform = SimulatedPlatform(call(10_000) { $0.sendsBinaryAudio = true })
        var frames = 0
        for wake in stride(from: 0, through: 9_999, by: 33) {
            platform.advance(to: .milliseconds(wake))
            while let action = platform.nextAction() {
                if case .binary = action { frames += 1 }
            }
            #expect(frames == wake / 20)
        }
        // A frame due just after a wake-up waits for the next one.
        #expect(platform.result(at: .seconds(10)).ownDelay == .milliseconds(32))
    }
}
