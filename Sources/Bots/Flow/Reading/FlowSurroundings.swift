// SPDX-License-Identifier: Apache-2.0

package import ConfigurationReading
package import VoiceBridge

/// What a flow is checked against: what there will be around it when it runs.
package struct FlowSurroundings: Sendable {
    /// Whether texts without a sound can be said; nil when that is not known yet.
    package var hasSynthesizer: Bool?
    /// Whether there is a folder for recordings; nil when that is not known yet.
    package var hasRecordings: Bool?
    /// Whether there is an account for messages; nil when that is not known yet.
    package var hasMessages: Bool?
    /// Bots that `hand_over` can name; nil for any.
    package var bots: [BotDescription]?
    /// Values that stand over those of the file's `variables`.
    package var variables: [String: String]
    /// Why a bot with these options cannot go on with a call, and what to do; nil when it can.
    package var refusal: @Sendable (FlowHandOver) -> String?
    /// What those who perform the flow have against a step; nil for nothing.
    package var objection: @Sendable (FlowStep) -> FlowObjection?

    /// Surroundings of which nothing is known, and which therefore can do everything.
    package init(
        hasSynthesizer: Bool? = nil,
        hasRecordings: Bool? = nil,
        hasMessages: Bool? = nil,
        bots: [BotDescription]? = nil,
        variables: [String: String] = [:],
        refusal: @escaping @Sendable (FlowHandOver) -> String? = { _ in nil },
        objection: @escaping @Sendable (FlowStep) -> FlowObjection? = { _ in nil }
    ) {
        self.hasSynthesizer = hasSynthesizer
        self.hasRecordings = hasRecordings
        self.hasMessages = hasMessages
        self.bots = bots
        self.variables = variables
        self.refusal = refusal
        self.objection = objection
    }
}

/// A flow that was read, with the audio that it plays.
package struct LoadedFlow: Sendable {
    /// The flow.
    package var flow: Flow
    /// The audio of every sound that it names.
    package var sounds: [FlowSound: Prompt]
    /// Things that are no fault but hardly meant, in the order of the file.
    package var warnings: [ConfigurationFault]
}
