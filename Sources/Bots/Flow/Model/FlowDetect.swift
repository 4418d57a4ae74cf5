// SPDX-License-Identifier: Apache-2.0
package import VoiceBridge

/// Who answered a call that the platform placed: a human being or a machine.
package struct FlowDetect: Sendable, Equatable {
    /// Said before each wait for a key; nil for the method that listens to the greeting.
    package var prompt: FlowUtterance?
    /// `method`, `silence`, `rounds` and `timeout`.
    package var method: AnsweringMethod
    /// `limit`: how long one verdict is waited for, 1 s…300 s; then it is not known who answered.
    package var limit: Duration
    /// `beep`: how long the beep of a machine is waited for, 1 s…300 s; nil to go on at once.
    package var beep: Duration?
    /// `into`: the variable that takes who it was, the ``FlowAnswerer``'s word.
    package var variable: String?
    /// Where a human being leads.
    package var human: FlowTarget
    /// Where a machine leads, with its beep and without.
    package var machine: FlowTarget
    /// Where it leads when it cannot be told.
    package var unknown: FlowTarget

    /// A detection.
    package init(
        prompt: FlowUtterance? = nil,
        method: AnsweringMethod = .silence(),
        limit: Duration = .seconds(20),
        beep: Duration? = nil,
        variable: String? = nil,
        human: FlowTarget = .next,
        machine: FlowTarget = .next,
        unknown: FlowTarget = .next
    ) {
        self.prompt = prompt
        self.method = method
        self.limit = limit
        self.beep = beep
        self.variable = variable
        self.human = human
        self.machine = machine
        self.unknown = unknown
    }

    /// Where an answerer leads.
    func target(for answerer: FlowAnswerer) -> FlowTarget {
        switch answerer {
        case .human: human
        case .machine, .beep: machine
        case .unknown: unknown
        }
    }
}

/// Who answered, as a flow tells it.
package enum FlowAnswerer: String, Sendable, CaseIterable {
    /// Somebody who waits for an answer.
    case human
    /// A machine, whose beep was not waited for or did not come.
    case machine
    /// A machine behind its beep: a message may be left now.
    case beep
    /// It cannot be told.
    case unknown
}
