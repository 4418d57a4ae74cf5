// SPDX-License-Identifier: Apache-2.0

/// Whether the audio of a route's calls is recorded, and after what (`recording` of an entry of `routes`, over the server's).
package struct RouteRecording: Sendable, Equatable {
    /// `consent` and `consent_prompt`: what must have happened before recording begins.
    package enum Consent: Sendable, Equatable {
        /// Nothing: it begins with the call.
        case none
        /// The caller has heard this WAV file to its end.
        case prompt(String)
        /// The bot has asked, and says so.
        case bot

        /// The word in a file.
        package var word: String {
            switch self {
            case .none: "none"
            case .prompt: "prompt"
            case .bot: "bot"
            }
        }
    }

    /// `when`: `always` or `never`.
    ///
    /// Default `always` where a folder is given.
    package var isRecorded = false
    /// `consent`: `none`, `prompt` or `bot`.
    ///
    /// Default `none`.
    package var consent = Consent.none
    /// `pause_for_digits`: whether recording pauses while the bot collects keys.
    ///
    /// Default true.
    package var pausesForDigits = true

    /// No recordings.
    package init() {}
}
