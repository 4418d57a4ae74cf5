// SPDX-License-Identifier: Apache-2.0

import Dialects
import NIOCore
package import OutboundHTTP
public import VoiceBridge

/// Speaks by a service with OpenAI's `audio/speech`, each piece as it comes.
public struct SpeechEndpointSynthesizer: SpeechSynthesizer {
    private let settings: SpeechEndpointSettings
    private let client: ServiceClient

    /// A synthesizer with connections of its own.
    public init(_ settings: SpeechEndpointSettings) { self.init(settings, client: URLSessionClient()) }

    /// A synthesizer whose requests a client carries.
    package init(_ settings: SpeechEndpointSettings, client: any HTTPClient) {
        self.settings = settings
        self.client = ServiceClient(service: settings.service, client: client)
    }

    /// Speaks one sentence.
    ///
    /// - Throws: ``SpeechServiceError``; an error of the connection; `CancellationError`.
    public func speak(_ text: String, language: String?, into speech: SpeechWriter) async throws {
        guard let format = AudioFormat(encoding: .linear16, sampleRate: settings.sampleRate) else {
            throw SpeechServiceError(.rate(settings.sampleRate))
        }
        let response = try await client.post("/audio/speech", type: "application/json", body(text))
        let type = response.fields["Content-Type"] ?? ""
        guard !type.hasPrefix("text/"), !type.hasPrefix("application/json") else {
            throw SpeechServiceError(.notAudio(type.prefixed(toBytes: 64)))
        }
        var held: [UInt8] = []
        var isWAV: Bool?
        for try await piece in response.body {
            held += piece
            if isWAV == nil, held.count >= 4 { isWAV = held.starts(with: Array("RIFF".utf8)) }
            guard isWAV == false else { continue }
            // A sample may be cut in two.
            let whole = held.count & ~1
            if let chunk = AudioChunk(bytes: Array(held[..<whole]), format: format) { try await speech.write(chunk) }
            held.removeFirst(whole)
        }
        // A body ends without an error when its reader is cancelled.
        try Task.checkCancellation()
        if isWAV == true { try await speech.write(try AudioChunk(wav: held)) }
    }

    private func body(_ text: String) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.writeStaticString(#"{"model":"#)
        buffer.writeJSONString(settings.model)
        buffer.writeStaticString(#","voice":"#)
        buffer.writeJSONString(settings.voice)
        buffer.writeStaticString(#","input":"#)
        buffer.writeJSONString(text)
        if let instructions = settings.instructions {
            buffer.writeStaticString(#","instructions":"#)
            buffer.writeJSONString(instructions)
        }
        buffer.writeStaticString(#","response_format":"pcm"}"#)
        return Array(buffer.readableBytesView)
    }
}
