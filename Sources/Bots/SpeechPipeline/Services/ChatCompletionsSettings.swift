// SPDX-License-Identifier: Apache-2.0

public import VoiceBridge

/// What a model is told about its task, and what it may do.
public struct ChatCompletionsSettings: Sendable {
    /// Where the model is.
    public var service = SpeechService()
    /// Its name there.
    public var model = "gpt-4o-mini"
    /// What it is told about its task.
    ///
    /// What the platform sends with a call (`system_msg`) and the call's language are added to it.
    public var instructions = """
        You are a friendly assistant on the telephone. Answer in one to three short sentences of plain speech, without \
        lists, headings or symbols.
        """
    /// What is said first, when the platform sends no opening line of its own; nil lets the model find words.
    public var greeting: String?
    /// Whether the bot speaks first.
    public var speaksFirst = true
    /// Where the model may connect the caller, by the names that it is told.
    public var transfers: [String: TransferTarget] = [:]
    /// Whether the model may end the call.
    public var mayHangUp = true
    /// After so many silences on end the call ends.
    public var patience = 2
    /// Said before that.
    public var farewell = "I cannot hear you. Goodbye."

    /// The defaults.
    public init() {}
}
