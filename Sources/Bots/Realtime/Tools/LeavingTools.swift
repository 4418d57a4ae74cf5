// SPDX-License-Identifier: Apache-2.0

public import VoiceBridge

/// Ends the call politely: what the model said is heard whole, and if it said nothing, it is made to say goodbye.
public struct EndCallTool: RealtimeTool {
    /// Last words, should the model have none of its own.
    public struct Arguments: Decodable, Sendable {
        /// The words.
        public var farewell: String?
    }

    /// The name by which the model calls it.
    public let name = "end_call"
    /// What the model is told of it.
    public let summary = "Ends the call politely. Say goodbye first, in the same answer, or give the farewell to say."
    /// Its arguments.
    public let parameters = [ToolParameter("farewell", .text, "What to say last", isRequired: false)]
    /// What the model says is heard first.
    public let runsAfterAnswer = true
    private let farewell: String?

    /// A tool that says these last words when the model gives none.
    public init(farewell: String? = nil) { self.farewell = farewell }

    /// Does it.
    public func run(_ arguments: Arguments, on call: Call) async throws -> ToolOutcome {
        .endCall(farewell: arguments.farewell ?? farewell)
    }
}

/// Hangs up at once, in the midst of a word if need be.
public struct HangUpTool: RealtimeTool {
    /// The name by which the model calls it.
    public let name = "hang_up"
    /// What the model is told of it.
    public let summary = "Hangs up at once without a word. Only for callers who are abusive."

    /// A tool that hangs up.
    public init() {}

    /// Does it.
    public func run(_ arguments: NoArguments, on call: Call) async throws -> ToolOutcome {
        try await call.hangUp(.now, reason: "the model hung up")
        return .left
    }
}

/// Connects the caller to one of a few named places, once what the model said was heard.
public struct TransferTool: RealtimeTool {
    /// Which place.
    public struct Arguments: Decodable, Sendable {
        /// Its name.
        public var to: String
    }

    /// The name by which the model calls it.
    public let name = "transfer_call"
    /// What the model is told of it.
    public let summary = "Connects the caller to a person or department. Say first that you are connecting them."
    /// What the model says is heard first.
    public let runsAfterAnswer = true
    /// Longer than a goodbye takes to be heard.
    public let timeout = Duration.seconds(60)
    private let targets: [String: TransferTarget]

    /// A tool for these places, by the names the model uses.
    public init(targets: [String: TransferTarget]) { self.targets = targets }

    /// Its arguments.
    public var parameters: [ToolParameter] {
        [ToolParameter("to", .choice(targets.keys.sorted()), "Where to")]
    }

    /// Does it.
    public func run(_ arguments: Arguments, on call: Call) async throws -> ToolOutcome {
        guard let target = targets[arguments.to] else {
            return .answer(AnyRealtimeTool.failure("there is no '\(arguments.to)'"))
        }
        try await call.transfer(to: target)
        return .left
    }
}
