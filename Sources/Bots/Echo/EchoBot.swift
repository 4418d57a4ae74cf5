// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// Plays back what the caller says, as a stage on the call's event loop.
package struct EchoBot: ConversationHandler {
    package let audioFormat: AudioFormat

    /// An echo that hears and speaks linear PCM at this rate.
    package init(audioFormat: AudioFormat = .linear16kHz) { self.audioFormat = audioFormat }

    package func converse(on call: Call) async throws {
        call.attach(EchoStage())
        try await call.waitUntilEnded()
    }
}

/// Writes what it hears.
struct EchoStage: MediaStage {
    mutating func process(_ heard: Span<Int16>, at position: Int64, into playback: inout PlaybackWriter) {
        playback.write(heard)
    }
}
