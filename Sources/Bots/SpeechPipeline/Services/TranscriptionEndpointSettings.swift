// SPDX-License-Identifier: Apache-2.0

/// By which model a service recognizes speech.
public struct TranscriptionEndpointSettings: Sendable {
    /// Where the model is.
    public var service = SpeechService()
    /// Its name there.
    public var model = "gpt-4o-mini-transcribe"
    /// The callers' language as ISO 639-1, such as `hi`, when the platform sends none; nil lets the model find out.
    public var language: String?

    /// The defaults.
    public init() {}
}
