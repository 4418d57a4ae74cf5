// SPDX-License-Identifier: Apache-2.0

/// When the caller speaks, when the caller's turn is over, and when nobody takes one (`turn`).
package struct TurnSettings: Sendable, Equatable {
    /// `speech_onset`: speech without which nothing is taken for it while the bot is silent, 20…500 ms.
    ///
    /// Default 60 ms.
    package var speechOnset: Duration
    /// `hang_over`: silence that ends a stretch of speech, 100…2000 ms.
    ///
    /// Default 400 ms. Less answers sooner, and takes more pauses for ends.
    package var hangOver: Duration
    /// `minimum_wait`: silence after that which ends the turn, 0…5 s.
    ///
    /// Default 300 ms.
    package var minimumWait: Duration
    /// `maximum_wait`: how long sounds that are no speech may put the end off, 0…30 s.
    ///
    /// Default 2 s; at least `minimum_wait`.
    package var maximumWait: Duration
    /// `longest`: the longest that a turn may last, 1 s…1 h.
    ///
    /// Default 1 min: somebody who talks on, or a television, is answered then.
    package var longest: Duration
    /// `idle`: the bot is told when nobody made a sound for this long, 1 s…1 h; nil for never.
    ///
    /// Default 10 s.
    package var idle: Duration?
    /// `idle_repeats`: how often in a row it is told, 1…100.
    ///
    /// Default 3.
    package var idleRepeats: Int

    /// Settings of a route; the defaults are those of an empty entry.
    package init(
        speechOnset: Duration = .milliseconds(60),
        hangOver: Duration = .milliseconds(400),
        minimumWait: Duration = .milliseconds(300),
        maximumWait: Duration = .seconds(2),
        longest: Duration = .seconds(60),
        idle: Duration? = .seconds(10),
        idleRepeats: Int = 3
    ) {
        self.speechOnset = speechOnset
        self.hangOver = hangOver
        self.minimumWait = minimumWait
        self.maximumWait = maximumWait
        self.longest = longest
        self.idle = idle
        self.idleRepeats = idleRepeats
    }
}
