// SPDX-License-Identifier: Apache-2.0

public import VoiceBridge

/// What happens in the conversation of one call, for logs and tests.
public struct SpeechPipelineEvent: Sendable, Equatable {
    /// What happened.
    public enum Kind: Sendable, Equatable {
        /// The caller said something; empty when it was not understood.
        case heard(String)
        /// The caller heard this of the bot's words.
        case said(String, isCutOff: Bool)
        /// A turn failed.
        case failed(SpeechPipelineError)
        /// The caller hears the answer to a turn: where the time between them went.
        case measured(TurnTimings)
        /// The bot is about to do what a reply asked for.
        case acts(ReplyAction)
    }

    /// The call.
    public var call: CallID
    /// What happened.
    public var kind: Kind
}
