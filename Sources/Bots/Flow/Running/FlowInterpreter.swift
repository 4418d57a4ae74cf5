// SPDX-License-Identifier: Apache-2.0

/// Runs a flow: an event goes in, the next action comes out.
///
/// It holds where the call is in its flow and what the variables hold; sounds, keys, files and the network are its
/// surroundings'.
package struct FlowInterpreter: Sendable {
    /// What runs.
    package let flow: Flow
    /// What the variables hold.
    package private(set) var variables: [String: String]
    /// Steps taken so far.
    package private(set) var stepCount = 0

    var section: Int
    var step = 0
    private var wait = Wait.begin

    /// What is waited for.
    enum Wait: Sendable, Equatable {
        case begin
        case spoken
        /// The attempt that is under way, from 1.
        case digits(attempt: Int)
        case recorded
        case detected
        case answered
        case sent
        case transferred
        case goodbye
        case over
    }

    /// A flow at its beginning.
    ///
    /// - Parameters:
    ///   - flow: what runs.
    ///   - call: variables of the call, see ``FlowVariables/of(_:)``.
    package init(_ flow: Flow, call: [String: String] = [:]) {
        self.flow = flow
        variables = flow.variables.merging(call) { _, call in call }
        section = flow.begin
    }

    /// Where the call is: the section's name, and the step in it, from 0.
    package var place: (section: String, step: Int) { (flow.sections[section].name, step) }

    /// Takes what became of the last action and gives the next.
    package mutating func next(_ event: FlowEvent) -> FlowAction {
        let waited = wait
        wait = .over
        switch (waited, event) {
        case (.begin, .begin): return advance()
        case (.spoken, .done), (.spoken, .failed): return follow(.next)
        case (.goodbye, .done), (.goodbye, .failed): return .hangUp
        case (.digits(let attempt), .digits(let digits)): return take(digits, attempt: attempt)
        case (.recorded, .recorded(let path)): return takeRecording(path)
        case (.recorded, .failed): return takeRecording(nil)
        case (.detected, .detected(let answerer)): return take(answerer)
        case (.detected, .failed): return take(.unknown)
        case (.answered, .answered(let answer)): return take(answer)
        case (.answered, .failed): return take(nil)
        case (.sent, .sent(let id)): return takeMessage(id)
        case (.sent, .failed): return takeMessage(nil)
        case (.transferred, .failed):
            guard case .transfer(let transfer) = current else { return misplaced }
            return follow(transfer.failed)
        default: return misplaced
        }
    }

    /// The step that the call is at; nil behind the last one.
    var current: FlowStep? {
        let steps = flow.sections[section].steps
        return step < steps.count ? steps[step] : nil
    }

    /// Goes where a step leads.
    mutating func follow(_ target: FlowTarget) -> FlowAction {
        if let ending = moveOn(to: target) { return ending }
        return advance()
    }

    /// Waits for an action's answer.
    mutating func wait(for wait: Wait, _ action: FlowAction) -> FlowAction {
        self.wait = wait
        return action
    }

    /// Sets a variable.
    mutating func set(_ variable: String, to value: String) { variables[variable] = FlowVariables.bounded(value) }

    /// Counts a step; false when the call has taken all it may.
    mutating func countStep() -> Bool {
        stepCount += 1
        return stepCount <= flow.maximumSteps
    }

    /// An answer to nothing that was asked.
    private var misplaced: FlowAction { .fail("the flow was told something that it did not ask for; it ends here") }
}
