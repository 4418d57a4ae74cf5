// SPDX-License-Identifier: Apache-2.0
package import VoiceBridge

/// A variable and what it is set to.
package struct FlowAssignment: Sendable, Equatable {
    /// The variable's name.
    package var variable: String
    /// What it holds afterwards.
    package var value: FlowText

    /// An assignment.
    package init(variable: String, value: FlowText) {
        self.variable = variable
        self.value = value
    }
}

/// One way of a branch.
package struct FlowBranch: Sendable, Equatable {
    /// When it is taken; nil for always.
    package var condition: FlowCondition?
    /// Where it leads.
    package var target: FlowTarget

    /// A way.
    package init(condition: FlowCondition?, target: FlowTarget) {
        self.condition = condition
        self.target = target
    }
}

/// Where a caller is connected to; every part may hold variables.
package struct FlowTransfer: Sendable, Equatable {
    /// The target's kind.
    package var kind: TransferTarget.Kind
    /// What names it: one text, of `phones` one for each.
    package var destinations: [FlowText]
    /// How several phones are rung.
    package var strategy: TransferTarget.RingStrategy
    /// Where the step leads when the platform does not take the transfer.
    package var failed: FlowTarget

    /// A transfer.
    package init(
        kind: TransferTarget.Kind,
        destinations: [FlowText],
        strategy: TransferTarget.RingStrategy = .simultaneous,
        failed: FlowTarget = .hangUp
    ) {
        self.kind = kind
        self.destinations = destinations
        self.strategy = strategy
        self.failed = failed
    }
}

/// Another bot that goes on with the call.
package struct FlowHandOver: Sendable, Equatable {
    /// The bot's name.
    package var bot: String
    /// Its options, checked.
    package var options: BotOptions

    /// A hand-over.
    package init(bot: String, options: BotOptions = BotOptions()) {
        self.bot = bot
        self.options = options
    }
}
