// SPDX-License-Identifier: Apache-2.0

/// What one tenant has of the server.
package struct TenantFigures: Sendable, Equatable {
    /// Its name.
    package internal(set) var name: String
    /// Its calls that are up.
    package internal(set) var calls: Int
    /// What its calls lasted together today, in whole seconds.
    package internal(set) var secondsToday: Int
    /// Time that its calls used on event loops, in milliseconds.
    package internal(set) var loopMilliseconds = 0
    /// Processor time of its bots, in milliseconds.
    package internal(set) var botMilliseconds = 0
    /// How often a socket had to wait because its share was used up.
    package internal(set) var waits = 0
}
