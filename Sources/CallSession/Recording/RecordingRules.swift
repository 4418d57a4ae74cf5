// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// When a call's audio is recorded, where it is recorded at all.
package struct RecordingRules: Sendable {
    /// What must have happened before.
    package enum Consent: Sendable {
        /// Nothing: recording begins with the call.
        case notAsked
        /// The caller has heard this to its end.
        case announced(Prompt)
        /// The bot has asked, and says so.
        case bot
    }

    /// What must have happened before recording begins.
    package var consent: Consent
    /// Whether recording pauses while keys are collected.
    package var pausesForDigits: Bool

    /// How much longer than the collection a pause for it lasts: the sound of the last key may come after the key.
    static let digitsTail: Duration = .seconds(1)

    /// Rules.
    package init(consent: Consent = .notAsked, pausesForDigits: Bool = true) {
        self.consent = consent
        self.pausesForDigits = pausesForDigits
    }
}
