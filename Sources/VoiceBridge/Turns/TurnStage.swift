// SPDX-License-Identifier: Apache-2.0

/// A point on the way from what the caller said to what the bot answers, which only the bot sees.
public enum TurnStage: String, Sendable, Hashable, CaseIterable {
    /// The recognizer gave the turn's final text.
    case recognized
    /// The generator gave the first piece of the answer.
    case firstToken = "first_token"
    /// The synthesizer gave the first audio of the answer.
    case firstAudio = "first_audio"
}
