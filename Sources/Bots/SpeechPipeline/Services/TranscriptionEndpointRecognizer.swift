// SPDX-License-Identifier: Apache-2.0

import Dialects
package import OutboundHTTP
import TelephonyAudio
public import VoiceBridge

/// Recognizes speech by a service with OpenAI's `audio/transcriptions`: a turn at a time, once the caller has fallen silent.
public struct TranscriptionEndpointRecognizer: SpeechRecognizer {
    /// Shorter audio is refused by services, and no word.
    private static let shortest = 1_600
    /// Most characters of the phrases that are told as hints.
    private static let maximumHints = 600

    private let settings: TranscriptionEndpointSettings
    private let client: ServiceClient

    /// A recognizer with connections of its own.
    public init(_ settings: TranscriptionEndpointSettings) { self.init(settings, client: URLSessionClient()) }

    /// A recognizer whose requests a client carries.
    package init(_ settings: TranscriptionEndpointSettings, client: any HTTPClient) {
        self.settings = settings
        self.client = ServiceClient(service: settings.service, client: client)
    }

    /// Recognizes one turn.
    ///
    /// - Throws: ``SpeechServiceError``; an error of the connection; `CancellationError`.
    public func recognize(
        _ speech: CallerSpeech,
        expecting expectation: SpeechExpectation
    ) async throws -> Transcript {
        let samples = await speech.samples()
        try Task.checkCancellation()
        guard samples.count >= Self.shortest else { return "" }
        var form = MultipartForm()
        form.append("model", settings.model)
        form.append("response_format", "json")
        if let language = Self.code(of: expectation.language) ?? settings.language { form.append("language", language) }
        if !expectation.phrases.isEmpty {
            form.append("prompt", String(expectation.phrases.joined(separator: ", ").prefix(Self.maximumHints)))
        }
        form.append("file", fileName: "turn.wav", contentType: "audio/wav", wav(samples))
        let response = try await client.post("/audio/transcriptions", type: form.contentType, form.body)
        let answer = try? JSONDocument.parse(try await response.body.collect())
        try Task.checkCancellation()
        guard let text = answer?["text"]?.string else { throw SpeechServiceError(.notJSON) }
        return Transcript(Self.trimmed(text))
    }

    /// `hi` of `hi-IN`; nil for what is no code.
    private static func code(of language: String?) -> String? {
        guard let code = language?.split(whereSeparator: { "-_".contains($0) }).first?.lowercased(),
            (2...3).contains(code.count), code.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return nil }
        return code
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }

    private func wav(_ samples: [Int16]) -> [UInt8] {
        let format = WAVFormat(encoding: .pcm(bytes: 2), rate: audioFormat.sampleRate)
        var bytes = WAVHeader(format: format).bytes(dataBytes: samples.count * 2)
        bytes.reserveCapacity(bytes.count + samples.count * 2)
        for sample in samples {
            bytes.append(UInt8(truncatingIfNeeded: sample))
            bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        return bytes
    }
}
