// SPDX-License-Identifier: Apache-2.0

/// A part of a speech pipeline.
public enum SpeechPipelineStage: String, Sendable, CaseIterable {
    /// Turning what the caller says into text.
    case recognizer
    /// Deciding what to say.
    case generator
    /// Turning that into speech.
    case synthesizer
    /// Playing it.
    case playback
    /// What a reply asked for once it was heard.
    case action
}

/// Why a turn of a conversation failed.
public struct SpeechPipelineError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The part that failed.
    public var stage: SpeechPipelineStage
    /// What happened.
    public var reason: String

    static func late(_ stage: SpeechPipelineStage, _ limit: Duration) -> SpeechPipelineError {
        SpeechPipelineError(stage: stage, reason: "made no progress for \(limit)")
    }

    static func failed(_ stage: SpeechPipelineStage, _ error: any Error) -> SpeechPipelineError {
        (error as? SpeechPipelineError) ?? SpeechPipelineError(stage: stage, reason: String("\(error)".prefix(256)))
    }

    /// `the synthesizer failed: …`.
    public var description: String { "the \(stage.rawValue) failed: \(reason)" }
}
