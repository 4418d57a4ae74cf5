// SPDX-License-Identifier: Apache-2.0
package import VoiceBridge

/// What `menu` and `collect` have in common: what is said, how long is waited, and what becomes of a caller who does not do
/// what was asked.
package struct FlowEntry: Sendable, Equatable {
    /// Said before each wait; nil for nothing.
    package var prompt: FlowUtterance?
    /// What of the caller's may stop it.
    package var interruption = InterruptionPolicy.digitsOnly
    /// How often is asked, 1…10.
    package var attempts = 3
    /// How long the first key is waited for once all was heard, 100 ms…30 s.
    package var timeout = Duration.seconds(5)
    /// Said when no key came.
    package var noInput: FlowUtterance?
    /// Said when what came was not what was asked for.
    package var noMatch: FlowUtterance?
    /// Whether keys count that were pressed before the step began.
    package var takesTypeAhead = true
    /// Where the last attempt leads when it failed.
    package var failed = FlowTarget.hangUp

    /// The defaults.
    package init() {}

    /// What it may say.
    var utterances: [FlowUtterance] { [prompt, noInput, noMatch].compactMap { $0 } }
}

/// A choice by one key.
package struct FlowMenu: Sendable, Equatable {
    /// One way of a menu.
    package struct Choice: Sendable, Equatable {
        /// The key.
        package var key: DTMFDigit
        /// Where it leads.
        package var target: FlowTarget

        /// A way.
        package init(key: DTMFDigit, target: FlowTarget) {
            self.key = key
            self.target = target
        }
    }

    /// What is said and how long is waited.
    package var entry: FlowEntry
    /// `keys`, each once.
    package var choices: [Choice]
    /// `into`: the variable that takes the key.
    package var variable: String?

    /// A menu.
    package init(entry: FlowEntry = FlowEntry(), choices: [Choice], variable: String? = nil) {
        self.entry = entry
        self.choices = choices
        self.variable = variable
    }
}

/// Several keys that become a variable.
package struct FlowCollect: Sendable, Equatable {
    /// What is said and how long is waited.
    package var entry: FlowEntry
    /// `into`: the variable that takes the keys.
    package var variable: String
    /// Fewest keys that are taken, 1…20.
    package var minimum: Int
    /// Most keys that are taken, 1…20; the last of them ends the step.
    package var maximum: Int
    /// The key that ends the step and is not part of the variable.
    package var terminator: DTMFDigit?
    /// How long each further key is waited for, 100 ms…30 s.
    package var interDigitTimeout: Duration
    /// What the keys must look like; empty for anything.
    package var patterns: [FlowPattern]

    /// A collection.
    package init(
        entry: FlowEntry = FlowEntry(),
        variable: String,
        minimum: Int = 1,
        maximum: Int = 20,
        terminator: DTMFDigit? = DTMFDigit("#"),
        interDigitTimeout: Duration = .seconds(3),
        patterns: [FlowPattern] = []
    ) {
        self.entry = entry
        self.variable = variable
        self.minimum = minimum
        self.maximum = maximum
        self.terminator = terminator
        self.interDigitTimeout = interDigitTimeout
        self.patterns = patterns
    }

    /// Whether keys are what was asked for.
    func accepts(_ digits: String) -> Bool {
        digits.count >= minimum && digits.count <= maximum
            && (patterns.isEmpty || patterns.contains { $0.matches(digits) })
    }
}
