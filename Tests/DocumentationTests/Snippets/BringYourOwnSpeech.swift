// SPDX-License-Identifier: Apache-2.0
import Bots
import VoiceBridge

// The code of the article "Bring your own speech"; a test holds the two together.

/// Tells when the next bus leaves, and knows nothing else.
struct BusGenerator: ReplyGenerator {
    func expectation(in conversation: SpokenConversation) -> SpeechExpectation {
        SpeechExpectation(phrases: ["next bus", "goodbye"])
    }

    func reply(
        to occasion: ReplyOccasion,
        in conversation: SpokenConversation,
        into reply: ReplyWriter
    ) async throws {
        switch occasion {
        case .callBegan: try await reply.write("Line seven. You can ask for the next bus.")
        case .said("next bus"): try await reply.write("The next bus leaves in five minutes. Do you need anything else?")
        case .said("goodbye"):
            try await reply.write("Have a good trip.", interruption: .protected)
            try await reply.then(.hangUp)
        default: try await reply.write("Sorry? Ask for the next bus, or say goodbye.")
        }
    }
}

/// Beeps once for each word.
struct BeepSynthesizer: SpeechSynthesizer {
    func speak(_ text: String, language: String?, into speech: SpeechWriter) async throws {
        for word in text.split(separator: " ") {
            let pitch = 400 + 20 * Double(word.count)
            try await speech.write(.tone(frequency: pitch, duration: .milliseconds(150)))
        }
    }
}

/// Takes long speech for a goodbye.
struct LengthRecognizer: SpeechRecognizer {
    func recognize(
        _ speech: CallerSpeech,
        expecting expectation: SpeechExpectation
    ) async throws -> Transcript {
        var length = Duration.zero
        for await chunk in speech { length += chunk.duration }
        try Task.checkCancellation()
        return length < .milliseconds(2_500) ? "next bus" : "goodbye"
    }
}

func makeBusBot(report: @escaping @Sendable (SpeechPipelineEvent) -> Void = { _ in }) -> SpeechPipelineBot {
    var settings = SpeechPipelineSettings()
    settings.endOfTurn = .milliseconds(500)
    settings.report = report
    return SpeechPipelineBot(
        recognizer: LengthRecognizer(),
        generator: BusGenerator(),
        synthesizer: BeepSynthesizer(),
        settings: settings
    )
}

func makeAssistant(key: Secret) -> SpeechPipelineBot {
    var ears = TranscriptionEndpointSettings()
    ears.service.apiKey = key
    var voice = SpeechEndpointSettings()
    voice.service.apiKey = key
    var mind = ChatCompletionsSettings()
    mind.service.url = "http://127.0.0.1:11434/v1"
    mind.model = "llama3.2"
    mind.instructions = "You answer the telephone of a garage. Be brief and use no lists."
    mind.transfers = ["workshop": .extension("204")]
    return SpeechPipelineBot(
        recognizer: TranscriptionEndpointRecognizer(ears),
        generator: ChatCompletionsGenerator(mind),
        synthesizer: SpeechEndpointSynthesizer(voice)
    )
}
