// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// Says texts for a flow.
package protocol FlowSynthesizer: Sendable {
    /// The whole of a text as audio.
    ///
    /// - Parameters:
    ///   - text: what is said, not empty.
    ///   - voice: how; nil for the synthesizer's own voice.
    /// - Returns: the audio, at a rate that a call can have.
    /// - Throws: why it cannot be said, in words for a log.
    func speak(_ text: String, voice: String?) async throws -> AudioChunk
}
