// SPDX-License-Identifier: Apache-2.0

/// What an `AnsweringMachineDetector` found out about who answered.
package struct AnsweringFinding: Equatable, Sendable {
    /// What was heard.
    package enum Evidence: Equatable, Sendable {
        /// A greeting of so many milliseconds, and then the silence of somebody who waits for an answer.
        case silenceAfterGreeting(milliseconds: Int)
        /// Speech that went on for so many milliseconds without such a silence.
        case longGreeting(milliseconds: Int)
        /// Nobody said anything.
        case nobodySpoke
        /// A key was pressed.
        case key
        /// No key was pressed in this round of several: ask again.
        case noKeyYet(round: Int)
        /// No key was pressed in any round.
        case noKey
        /// The beep after which a machine records, of so many hertz.
        case beep(hertz: Int)
        /// The network's tones before an announcement: the number cannot be reached.
        case specialInformation
    }

    /// What was heard.
    package var evidence: Evidence
    /// How sure it is that a machine answered, 0…1; a half says nothing, and 0 is a human being for certain.
    package var machineProbability: Double
    /// Milliseconds from the beginning of detection, pauses for the bot's own speech not counted.
    package var milliseconds: Int
}
