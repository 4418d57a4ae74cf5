// SPDX-License-Identifier: Apache-2.0

/// With what voice a service speaks.
public struct SpeechEndpointSettings: Sendable {
    /// Where the voice is.
    public var service = SpeechService()
    /// The model's name there.
    public var model = "gpt-4o-mini-tts"
    /// The voice's name there.
    public var voice = "alloy"
    /// How it is to speak, for models that take it; nil says nothing.
    public var instructions: String?
    /// Samples per second of bare samples, one of the rates of a call; OpenAI's service sends 24,000.
    ///
    /// WAV says its own.
    public var sampleRate = 24_000

    /// The defaults.
    public init() {}
}
