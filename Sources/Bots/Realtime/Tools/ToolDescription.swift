// SPDX-License-Identifier: Apache-2.0

/// A tool as the model is told of it, and how it is waited for.
struct ToolDescription: Sendable {
    var name: String
    /// What it does, for the model.
    var summary: String
    /// Its arguments as a JSON schema.
    var parameters: String
    /// How long it may take.
    var timeout: Duration
    /// Words that bridge a wait, and after which time they are said.
    var filler: ToolFiller?
    /// Whether it runs only once the answer that calls it is complete: such that end the call.
    var runsAfterAnswer: Bool
}

/// Words that bridge the wait for a slow tool.
public struct ToolFiller: Sendable, Equatable {
    /// How long the tool may take before they are said.
    public var after: Duration
    /// The words.
    public var text: String

    /// Words that bridge a wait.
    public init(after: Duration = .milliseconds(1_500), text: String) {
        self.after = after
        self.text = text
    }
}

/// What came of a tool.
public enum ToolOutcome: Sendable, Equatable {
    /// The model is told this, as text or JSON, and answers the caller.
    case answer(String)
    /// The model is told this and says nothing to it.
    case silentAnswer(String)
    /// The call ends once the caller has heard what is said; with `farewell` as last words if the model said nothing.
    case endCall(farewell: String?)
    /// The tool has ended or moved the call itself.
    case left
}
