// SPDX-License-Identifier: Apache-2.0

public import VoiceBridge

/// Presses keys on the call, for menus of other machines.
public struct SendDigitsTool: RealtimeTool {
    /// Which keys.
    public struct Arguments: Decodable, Sendable {
        /// The keys.
        public var digits: String
    }

    /// The name by which the model calls it.
    public let name = "send_digits"
    /// What the model is told of it.
    public let summary = "Presses keys of the telephone on the call."
    /// Its arguments.
    public let parameters = [ToolParameter("digits", .text, "1 to 32 of 0-9, *, #, A-D")]
    /// Keys go behind what is being said.
    public let timeout = Duration.seconds(60)

    /// A tool that presses keys.
    public init() {}

    /// Does it.
    public func run(_ arguments: Arguments, on call: Call) async throws -> ToolOutcome {
        try await call.send(digits: arguments.digits)
        return .answer(#"{"ok":true}"#)
    }
}

/// Plays one of a few recordings to the caller, whole unless the caller speaks.
public struct PlayTool: RealtimeTool {
    /// Which recording.
    public struct Arguments: Decodable, Sendable {
        /// Its name.
        public var recording: String
    }

    /// The name by which the model calls it.
    public let name = "play_recording"
    /// What the model is told of it.
    public let summary = "Plays a recording to the caller."
    /// Recordings take their time.
    public let timeout = Duration.seconds(300)
    private let prompts: [String: Prompt]

    /// A tool for these recordings, by the names the model uses.
    public init(prompts: [String: Prompt]) { self.prompts = prompts }

    /// Its arguments.
    public var parameters: [ToolParameter] {
        [ToolParameter("recording", .choice(prompts.keys.sorted()), "Which one")]
    }

    /// Does it.
    public func run(_ arguments: Arguments, on call: Call) async throws -> ToolOutcome {
        guard let prompt = prompts[arguments.recording] else {
            return .answer(AnyRealtimeTool.failure("there is no '\(arguments.recording)'"))
        }
        switch try await call.play(prompt) {
        case .finished: return .answer(#"{"played":"whole"}"#)
        case .interrupted: return .silentAnswer(#"{"played":"interrupted by the caller"}"#)
        }
    }
}
