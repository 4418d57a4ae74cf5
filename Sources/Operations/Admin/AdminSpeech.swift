// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
package import VoiceBridge

/// Says a text in a language, or in its own when that is nil; within a bound of its own.
package typealias AdminSpeech = @Sendable (_ text: String, _ language: String?) async throws -> Prompt

// Texts that operators have played.
extension AdminAPI {
    /// Longest text that is said, in bytes of UTF-8.
    static let maximumText = 2_000

    /// A text as audio.
    func spoken(_ text: String, language: String?) async throws -> Prompt {
        guard let voice else {
            let message = "this server has no voice: set admin.voice, give a file of admin.prompts, or send a WAV file"
            throw AdminFault(.unprocessableContent, "no_voice", message)
        }
        guard text.utf8.count <= Self.maximumText, text.contains(where: { $0.isLetter || $0.isNumber }) else {
            let message = "the text has \(text.utf8.count) bytes; give words, of \(Self.maximumText) bytes at most"
            throw AdminFault(.unprocessableContent, "bad_text", message)
        }
        do {
            return try await voice(text, language)
        } catch {
            // What a service says of it may hold anything: it is for the log.
            logger.warning("the voice did not say an operator's text", metadata: ["cause": "\(error)"])
            let message = "the voice did not say it; see the server's log, and try again"
            throw AdminFault(.badGateway, "voice_failed", message)
        }
    }
}
