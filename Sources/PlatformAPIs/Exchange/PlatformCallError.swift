// SPDX-License-Identifier: Apache-2.0

/// A platform did not do what a client asked for.
package struct PlatformCallError: Error, Sendable, Equatable {
    /// The platform's name.
    package let platform: String
    /// What it came to; never ``PlatformOutcome/done``.
    package let outcome: PlatformOutcome
    /// How many requests were sent, 1 or 2.
    package let attempts: Int
}

extension PlatformCallError: CustomStringConvertible {
    /// What happened and what to do.
    package var description: String { outcome.sentence(platform, attempts: attempts) }
}
