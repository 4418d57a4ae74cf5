// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

@testable import LoadTesting

@Suite("Reply scanner")
struct ReplyScannerTests {
    @Test(
        "finds the audio",
        arguments: [
            #"{"type":"response.audio.delta","delta":"AAEC"}"#,
            #"{"event":"media","streamSid":"sim.1","media":{"payload":"AAEC"}}"#,
            #"{"event": "media", "streamSid": "sim.1", "media": {"payload": "AAEC"}}"#,
            #"{"event":"media","media":{"payload":"AAEC","chunk":"7","timestamp":"120"},"stream_sid":"sim.1"}"#,
            #"{"media":{"payload":"AAEC"},"event":"media"}"#,
        ]
    )
    func finds(message: String) throws {
        var scanner = ReplyScanner()
        // The second time from memory, and once more after a message of another form.
        for _ in 0..<2 { #expect(Self.audio(message, &scanner) == "AAEC") }
        #expect(Self.audio(#"{"event":"mark","mark":{"name":"delta"}}"#, &scanner) == nil)
        #expect(Self.audio(#"{"x":1,"type":"response.audio.delta","delta":"BBBB"}"#, &scanner) == "BBBB")
        #expect(Self.audio(message, &scanner) == "AAEC")
    }

    @Test(
        "finds none where there is none",
        arguments: [
            "", "{}", #"{"payload":7}"#, #"{"payload":{"name":"x"}}"#, #"{"delta"#, #"{"delta":"#, #"{"delta":"AAEC"#,
        ]
    )
    func findsNone(message: String) {
        var scanner = ReplyScanner()
        #expect(Self.audio(message, &scanner) == nil)
    }

    private static func audio(_ message: String, _ scanner: inout ReplyScanner) -> String? {
        let bytes = Array(message.utf8)
        return scanner.audio(in: bytes.span).map { String(decoding: bytes[$0], as: UTF8.self) }
    }
}

@Suite("Audio decoder")
struct AudioDecoderTests {
    private let decoder = AudioDecoder(.ulaw8kHz, isBigEndian: false)

    @Test("reads base64 of every length")
    func base64() {
        var bytes: [UInt8] = []
        for count in 0..<200 {
            let expected = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 73 + count) }
            #expect(decoder.decode(Array(PlainBase64.encode(expected).utf8).span, into: &bytes))
            #expect(bytes == expected)
        }
    }

    @Test("refuses what is no base64", arguments: ["A", "AAA", "AA*A", "A===", "AAECA", "AA EC", "AAE\u{FF}"])
    func refuses(text: String) {
        var bytes: [UInt8] = []
        #expect(!decoder.decode(Array(text.utf8).span, into: &bytes))
    }

    @Test("reads samples of each encoding")
    func samples() throws {
        let sound: [Int16] = [0, 1_000, -1_000, 32_000, -32_000]
        for encoding in SimulatedAudioFormat.Encoding.allCases {
            let format = try #require(SimulatedAudioFormat(encoding, sampleRate: 8_000))
            let bytes = format.encode(sound)
            let decoder = AudioDecoder(format, isBigEndian: false)
            let expected = try #require(format.decode(bytes)).map { Float($0) }
            #expect(sound.indices.map { decoder.sample(bytes.span, at: $0) } == expected)
        }
        let swapped: [UInt8] = [0x03, 0xE8, 0xFC, 0x18]
        let decoder = AudioDecoder(.pcm8kHz, isBigEndian: true)
        #expect((0..<2).map { decoder.sample(swapped.span, at: $0) } == [1_000, -1_000])
    }
}
