// SPDX-License-Identifier: Apache-2.0

/// When the caller's speech stops the bot (`barge_in`).
package struct BargeInSettings: Sendable, Equatable {
    /// `speech`: whether speech that we detect stops a playback that may be interrupted.
    ///
    /// Default true; false leaves it to digits and to the bot.
    package var speech: Bool
    /// `debounce`: speech heard without a pause before it counts, 0…2000 ms.
    ///
    /// Default 200 ms. Less is quicker and takes more coughs for words.
    package var debounce: Duration

    /// Settings of a route; the defaults are those of an empty entry.
    package init(speech: Bool = true, debounce: Duration = .milliseconds(200)) {
        self.speech = speech
        self.debounce = debounce
    }
}
