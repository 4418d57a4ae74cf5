// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What was measured on one event loop since the server began, in nanoseconds.
package struct LoopFigures: Sendable, Equatable {
    /// The loop's number, from 0.
    package let loop: Int
    /// Calls on the loop at present, those with an overdue bot included.
    package internal(set) var calls = 0
    /// Calls that were ever on it.
    package internal(set) var callsTaken = 0
    /// How late the loop came to a tick that it had been told of before: what waits for the loop waits as long.
    ///
    /// Ten ticks a second while there is something to see, one while there is not.
    package internal(set) var lag = LatencyHistogram(.coarse)
    /// For each message of a platform, the time from its reading off the socket until its answer was handed to the socket, or
    /// its audio to the bot.
    package internal(set) var frameAge = LatencyHistogram(.coarse)
    /// How late what calls had to do at a time was done: frames that are paced, pings, ends of waiting.
    ///
    /// Up to 2 ms are by design: calls share wake-ups.
    package internal(set) var lateness = LatencyHistogram(.coarse)
    /// The lag, averaged over about a second, by which new calls are refused.
    package internal(set) var averageLag = 0
    /// Whether new calls are refused on the loop because it is late.
    package internal(set) var isLate = false
    /// The share of the loop's thread that the calls on it take or, where they are new, are going to take; 1 is all of it.
    package internal(set) var busy = 0.0
    /// Whether new calls are refused on the loop because of those that it has.
    package internal(set) var isBusy = false
    /// For how long the next tick has been overdue: what a loop that is stuck cannot tell itself.
    package internal(set) var overdue = 0

    /// A loop that has done nothing.
    init(loop: Int) { self.loop = loop }

    /// Becomes what `other` is, in its own memory.
    mutating func copy(_ other: LoopFigures) {
        calls = other.calls
        callsTaken = other.callsTaken
        lag.copy(other.lag)
        frameAge.copy(other.frameAge)
        lateness.copy(other.lateness)
        averageLag = other.averageLag
        isLate = other.isLate
        busy = other.busy
        isBusy = other.isBusy
    }
}
