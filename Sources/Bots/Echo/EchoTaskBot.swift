// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// Plays back what the caller says, as a task: the same work as ``EchoBot`` across the bar between call and bot.
package struct EchoTaskBot: ConversationHandler {
    package let audioFormat: AudioFormat

    /// An echo that hears and speaks linear PCM at this rate.
    package init(audioFormat: AudioFormat = .linear16kHz) { self.audioFormat = audioFormat }

    package func converse(on call: Call) async throws {
        for await event in call.events {
            if case .audio(let chunk) = event { try await call.say(chunk, interruption: .protected) }
        }
    }
}
