// SPDX-License-Identifier: Apache-2.0

/// When a background sound is heard.
public enum BackgroundOccasion: Sendable, Hashable {
    /// All the time, under what is said and between.
    case always
    /// While the caller waits for the bot: between the end of the caller's turn and the answer, and during
    /// ``Call/working(_:)``.
    case thinking
}
