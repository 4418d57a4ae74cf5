// SPDX-License-Identifier: Apache-2.0

/// A voice application, checked: sections of steps, and the variables that they fill and read.
///
/// It holds no audio and does no I/O: ``FlowInterpreter`` says what to do next, and its surroundings do it, on a call, on a
/// terminal, or for a platform that takes one command at a time.
package struct Flow: Sendable, Equatable {
    /// `name`, for people; empty when the file has none.
    package var name: String
    /// `language` of everything said, unless a text names one, such as `en-IN`; nil for the synthesizer's own.
    package var language: String?
    /// `variables` with what they hold at the beginning.
    package var variables: [String: String]
    /// `sections`, in the order of the file.
    package var sections: [FlowSection]
    /// Index of the section that begins.
    package var begin: Int
    /// `maximum_steps`: steps that one call may take, 10…100,000.
    ///
    /// Default 1,000; one more ends the call as failed, so that no flow goes in circles for ever.
    package var maximumSteps: Int

    /// A flow of parts that were checked elsewhere.
    package init(
        name: String = "",
        language: String? = nil,
        variables: [String: String] = [:],
        sections: [FlowSection],
        begin: Int = 0,
        maximumSteps: Int = 1_000
    ) {
        self.name = name
        self.language = language
        self.variables = variables
        self.sections = sections
        self.begin = begin
        self.maximumSteps = maximumSteps
    }

    /// Everything that the flow may say or play, in the order of the file.
    package var utterances: [FlowUtterance] { sections.flatMap { $0.steps.flatMap(\.utterances) } }

    /// Whether it says texts that have no sound of their own.
    package var needsSynthesizer: Bool { utterances.contains { $0.sound == nil } }

    /// Kinds of steps that are in it, for surroundings that cannot do all of them.
    package var kinds: Set<FlowStep.Kind> { Set(sections.flatMap { $0.steps.map(\.kind) }) }
}

/// Steps that are taken one after the other; behind the last one the call ends.
package struct FlowSection: Sendable, Equatable {
    /// Its name in the file.
    package var name: String
    /// At least one.
    package var steps: [FlowStep]

    /// A section.
    package init(name: String, steps: [FlowStep]) {
        self.name = name
        self.steps = steps
    }
}
