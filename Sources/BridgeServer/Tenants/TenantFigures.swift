// SPDX-License-Identifier: Apache-2.0

/// What one tenant has of the server.
struct TenantFigures: Sendable, Equatable {
    /// Its name.
    var name: String
    /// Its calls that are up.
    var calls: Int
    /// What its calls lasted together today, in whole seconds.
    var secondsToday: Int
    /// Time that its calls used on event loops, in milliseconds.
    var loopMilliseconds = 0
    /// Processor time of its bots, in milliseconds.
    var botMilliseconds = 0
    /// How often a socket had to wait because its share was used up.
    var waits = 0
}
