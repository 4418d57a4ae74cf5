// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import TestSupport
import Testing
import VoiceBridge

@testable import Bots

@Suite("A recognizer by a transcription endpoint") struct TranscriptionEndpointTests {
    static let samples = (0..<4_000).map { Int16(truncatingIfNeeded: $0 * 1_234) }

    static func speech(_ samples: [Int16] = samples) throws -> CallerSpeech {
        let chunks = stride(from: 0, to: samples.count, by: 320).map { start in
            AudioChunk(samples: Array(samples[start..<min(samples.count, start + 320)]), sampleRate: 16_000)
        }
        return CallerSpeech(try chunks.map { try #require($0) })
    }

    static func settings(_ service: SpeechService) -> TranscriptionEndpointSettings {
        var settings = TranscriptionEndpointSettings()
        settings.service = service
        return settings
    }

    @Test("A turn goes as WAV and comes back as words", arguments: Carrier.allCases)
    func words(carrier: Carrier) async throws {
        let twin = ServiceTwin { _, _ in .transcript(" Opening hours,\\nplease. ") }
        try await carrier.reach(twin) { service, client in
            let recognizer = TranscriptionEndpointRecognizer(Self.settings(service), client: client)
            let expectation = SpeechExpectation(phrases: ["opening hours", "sales"], language: "en-IN")
            let transcript = try await recognizer.recognize(try Self.speech(), expecting: expectation)
            #expect(transcript == "Opening hours,\nplease.")
        }
        #expect(twin.refusals == [])
        let expected = [
            "model": "gpt-4o-mini-transcribe", "response_format": "json", "language": "en",
            "prompt": "opening hours, sales",
        ]
        #expect(twin.requests.map(\.texts) == [expected])
        let file = try #require(twin.requests.first?.file)
        let audio = try AudioChunk(wav: file)
        #expect(audio.samples == Self.samples)
        #expect(audio.format.sampleRate == 16_000)
    }

    @Test(
        "A language is told by its code, or not at all",
        arguments: [
            ("hi-IN", nil, "hi"), ("EN_us", nil, "en"), (nil, "ta", "ta"), ("mr", "ta", "mr"), (nil, nil, nil),
            ("english", nil, nil), ("", "ta", "ta"),
        ]
    )
    func language(call: String?, own: String?, expected: String?) async throws {
        let twin = ServiceTwin { _, _ in .transcript("x") }
        var settings = Self.settings(.twin())
        settings.language = own
        let recognizer = TranscriptionEndpointRecognizer(settings, client: TwinClient(twin: twin))
        _ = try await recognizer.recognize(try Self.speech(), expecting: SpeechExpectation(language: call))
        #expect(twin.refusals == [])
        #expect(twin.requests.map { $0.texts["language"] } == [expected])
    }

    @Test("What is too short for a word is not sent")
    func short() async throws {
        let twin = ServiceTwin { _, _ in .transcript("ghost") }
        let recognizer = TranscriptionEndpointRecognizer(Self.settings(.twin()), client: TwinClient(twin: twin))
        let speech = try Self.speech(Array(Self.samples.prefix(1_599)))
        #expect(try await recognizer.recognize(speech, expecting: SpeechExpectation()).isEmpty)
        #expect(twin.requests.isEmpty)
    }

    @Test(
        "An answer without words is an error",
        arguments: [
            (.reply(.text("{}")), "answer"), (.reply(.text("opening hours")), "answer"),
            (.reply(.text("{}", status: 413)), "status"),
        ] as [(ServiceTwin.Answer, String)]
    )
    func faults(answer: ServiceTwin.Answer, word: String) async {
        let twin = ServiceTwin { _, _ in answer }
        let recognizer = TranscriptionEndpointRecognizer(Self.settings(.twin()), client: TwinClient(twin: twin))
        let error = await #expect(throws: SpeechServiceError.self) {
            _ = try await recognizer.recognize(try Self.speech(), expecting: SpeechExpectation())
        }
        #expect(error?.shortDescription == word)
    }
}
