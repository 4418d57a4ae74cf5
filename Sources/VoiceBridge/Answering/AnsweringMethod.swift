// SPDX-License-Identifier: Apache-2.0

/// How to tell whether a human being or a machine answered a call that the platform placed.
public enum AnsweringMethod: Sendable, Hashable {
    /// By what follows the greeting: a human being waits for an answer, a machine goes on.
    ///
    /// - Parameters:
    ///   - of: silence that ends a greeting, 50 ms – 10 s.
    ///   - rounds: how many such silences are wanted, 1–30; they may follow each other.
    ///   - timeout: how long, from its first sound, a human being's greeting lasts at most; zero waits for ever.
    case silence(of: Duration = .milliseconds(1800), rounds: Int = 1, timeout: Duration = .seconds(3))
    /// By a key that the bot asks for.
    ///
    /// - Parameters:
    ///   - timeout: how long to wait in each round; the time does not run while the caller hears the bot.
    ///   - rounds: how often the bot asks.
    case key(timeout: Duration = .seconds(2), rounds: Int = 2)
}
