// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import Synchronization
import TestSupport
import Testing
import VoiceBridge

@testable import Bots

@Suite("A synthesizer by a speech endpoint") struct SpeechEndpointTests {
    static let samples = (0..<12_345).map { Int16(truncatingIfNeeded: $0 * 77) }

    static func settings(_ service: SpeechService) -> SpeechEndpointSettings {
        var settings = SpeechEndpointSettings()
        settings.service = service
        return settings
    }

    @Test("Samples come as they were sent, however they are cut", arguments: Carrier.allCases)
    func streamed(carrier: Carrier) async throws {
        let twin = ServiceTwin { _, _ in .samples(Self.samples) }
        let heard = Mutex<(samples: [Int16], rates: Set<Int>, chunks: Int)>(([], [], 0))
        try await carrier.reach(twin) { service, client in
            let synthesizer = SpeechEndpointSynthesizer(Self.settings(service), client: client)
            let writer = SpeechWriter { chunk in
                heard.withLock { heard in
                    heard.samples += chunk.samples
                    heard.rates.insert(chunk.format.sampleRate)
                    heard.chunks += 1
                }
            }
            try await synthesizer.speak("Say \"hello\".", language: "en", into: writer)
        }
        #expect(twin.refusals == [])
        let expected = [
            "model": "gpt-4o-mini-tts", "voice": "alloy", "input": "Say \"hello\".", "response_format": "pcm",
        ]
        #expect(twin.requests.map(\.texts) == [expected])
        #expect(heard.withLock { $0.samples } == Self.samples)
        #expect(heard.withLock { $0.rates } == [24_000])
        if carrier == .memory { #expect(heard.withLock { $0.chunks } > 10) }
    }

    @Test("Instructions, voice and model are told")
    func told() async throws {
        let twin = ServiceTwin { _, _ in .samples([1, 2, 3]) }
        var settings = Self.settings(.twin())
        settings.model = "kokoro"
        settings.voice = "af_sky"
        settings.instructions = "Cheerfully."
        settings.sampleRate = 16_000
        let synthesizer = SpeechEndpointSynthesizer(settings, client: TwinClient(twin: twin))
        let rate = Mutex(0)
        let writer = SpeechWriter { chunk in rate.withLock { $0 = chunk.format.sampleRate } }
        try await synthesizer.speak("Hi.", language: nil, into: writer)
        #expect(twin.refusals == [])
        let texts = twin.requests.first?.texts
        #expect(texts?["model"] == "kokoro" && texts?["voice"] == "af_sky" && texts?["instructions"] == "Cheerfully.")
        #expect(rate.withLock { $0 } == 16_000)
    }

    @Test("A service that sends WAV is understood, with the rate that it says")
    func wav() async throws {
        // 8 kHz, mono, 16 bits, four samples.
        let header: [UInt8] =
            Array("RIFF".utf8) + [44, 0, 0, 0] + Array("WAVEfmt ".utf8) + [16, 0, 0, 0, 1, 0, 1, 0]
            + [0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0] + Array("data".utf8) + [8, 0, 0, 0]
        let bytes = header + [1, 0, 2, 0, 3, 0, 255, 255]
        let twin = ServiceTwin { _, _ in
            .reply(
                .init(
                    200,
                    [("Content-Type", "audio/wav")],
                    [Array(bytes[..<3]), Array(bytes[3..<30]), Array(bytes[30...])]
                )
            )
        }
        let heard = Mutex<[AudioChunk]>([])
        let synthesizer = SpeechEndpointSynthesizer(Self.settings(.twin()), client: TwinClient(twin: twin))
        try await synthesizer.speak(
            "Hi.",
            language: nil,
            into: SpeechWriter { chunk in heard.withLock { $0.append(chunk) } }
        )
        #expect(heard.withLock { $0.map(\.samples) } == [[1, 2, 3, -1]])
        #expect(heard.withLock { $0.map(\.format.sampleRate) } == [8_000])
    }

    @Test(
        "What is no sound is an error",
        arguments: [
            (.reply(.text("<html>", type: "text/html")), "answer"), (.transcript("hi"), "answer"),
            (.reply(.text("{}", status: 400)), "status"), (.reply(.text("{}", status: 403)), "refused_key"),
        ] as [(ServiceTwin.Answer, String)]
    )
    func faults(answer: ServiceTwin.Answer, word: String) async {
        let twin = ServiceTwin { _, _ in answer }
        let synthesizer = SpeechEndpointSynthesizer(Self.settings(.twin()), client: TwinClient(twin: twin))
        let error = await #expect(throws: SpeechServiceError.self) {
            try await synthesizer.speak("Hi.", language: nil, into: SpeechWriter { _ in })
        }
        #expect(error?.shortDescription == word)
    }

    @Test("A rate that no call can take is refused before anything is asked")
    func rate() async {
        let twin = ServiceTwin { _, _ in .samples([]) }
        var settings = Self.settings(.twin())
        settings.sampleRate = 1_234
        let synthesizer = SpeechEndpointSynthesizer(settings, client: TwinClient(twin: twin))
        await #expect(throws: SpeechServiceError(.rate(1_234))) {
            try await synthesizer.speak("Hi.", language: nil, into: SpeechWriter { _ in })
        }
        #expect(twin.requests.isEmpty)
    }

    @Test("Who does not want the rest ends the exchange")
    func cancelled() async throws {
        let twin = ServiceTwin { _, _ in
            .reply(.init(200, [("Content-Type", "audio/pcm")], [[1, 2, 3, 4]], end: .hangs))
        }
        let synthesizer = SpeechEndpointSynthesizer(Self.settings(.twin()), client: TwinClient(twin: twin))
        let (came, feed) = AsyncStream.makeStream(of: Int.self)
        let task = Task {
            try await synthesizer.speak("Hi.", language: nil, into: SpeechWriter { feed.yield($0.sampleCount) })
        }
        for await count in came {
            #expect(count == 2)
            break
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(twin.abandoned == 1)
    }
}
