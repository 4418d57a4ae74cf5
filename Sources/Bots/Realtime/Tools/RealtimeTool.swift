// SPDX-License-Identifier: Apache-2.0

public import VoiceBridge

/// Something that a realtime model can do: it chooses the arguments, Swift code does the rest.
public protocol RealtimeTool: Sendable {
    /// What the model must give; its keys are the names of ``parameters``.
    associatedtype Arguments: Decodable & Sendable

    /// The name by which the model calls it: letters, digits, `_` and `-`.
    var name: String { get }
    /// What it does and when to use it, for the model.
    var summary: String { get }
    /// Its arguments, for the model.
    var parameters: [ToolParameter] { get }
    /// How long it may take before it is answered for; 10 s unless told otherwise.
    var timeout: Duration { get }
    /// Words that bridge a wait; none unless told otherwise.
    var filler: ToolFiller? { get }
    /// Whether it runs only once the answer that calls it is complete, and nothing interrupts from then on: for tools that end
    /// the call.
    var runsAfterAnswer: Bool { get }

    /// Does it. What it throws is told to the model, which then says so in its own words.
    func run(_ arguments: Arguments, on call: Call) async throws -> ToolOutcome
}

extension RealtimeTool {
    /// No arguments.
    public var parameters: [ToolParameter] { [] }
    /// 10 s.
    public var timeout: Duration { .seconds(10) }
    /// None.
    public var filler: ToolFiller? { nil }
    /// At once.
    public var runsAfterAnswer: Bool { false }
}

/// One argument of a tool, as the model is told of it.
public struct ToolParameter: Sendable, Equatable {
    /// What values it takes.
    public enum Kind: Sendable, Equatable {
        /// Any text.
        case text
        /// A whole number.
        case integer
        /// Any number.
        case number
        /// Yes or no.
        case flag
        /// One of a few words.
        case choice([String])
    }

    /// Its name.
    public var name: String
    /// What values it takes.
    public var kind: Kind
    /// What it means, for the model.
    public var summary: String
    /// Whether it must be given.
    public var isRequired: Bool

    /// An argument.
    public init(_ name: String, _ kind: Kind = .text, _ summary: String, isRequired: Bool = true) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.isRequired = isRequired
    }
}

/// The arguments of a tool that has none.
public struct NoArguments: Decodable, Sendable {
    /// Nothing.
    public init() {}
}
