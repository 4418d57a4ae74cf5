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

    /// `margin`: decibels by which speech must be louder while the caller hears the bot, 0…30.
    ///
    /// Default 6. Less is heard sooner, and takes more noise for words.
    package var margin: Int
    /// `confirmation`: speech after which an interruption counts, 0…5 s; a shorter sound is taken for a cough, and the bot
    /// goes on where it was stopped.
    ///
    /// Default 500 ms; 0 makes every interruption count at once.
    package var confirmation: Duration
    /// `echo_guard`: whether what comes back of the bot's own voice is told from the caller's.
    ///
    /// Default true.
    package var echoGuard: Bool
    /// `echo_tail`: how long after the bot's last sound its echo may still come, 0…2000 ms.
    ///
    /// Default 300 ms.
    package var echoTail: Duration

    /// Settings of a route; the defaults are those of an empty entry.
    package init(
        speech: Bool = true,
        debounce: Duration = .milliseconds(200),
        margin: Int = 6,
        confirmation: Duration = .milliseconds(500),
        echoGuard: Bool = true,
        echoTail: Duration = .milliseconds(300)
    ) {
        self.speech = speech
        self.debounce = debounce
        self.margin = margin
        self.confirmation = confirmation
        self.echoGuard = echoGuard
        self.echoTail = echoTail
    }
}
