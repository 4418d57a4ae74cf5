// SPDX-License-Identifier: Apache-2.0

import TelephonyAudio

/// What is wrong with a call's caller audio, found in its first seconds.
public struct AudioFault: Sendable, Equatable, CustomStringConvertible {
    /// Who causes it.
    public enum Side: String, Sendable {
        /// What streams the call to us: its encoder or its configuration.
        case platform
        /// The caller's telephone or the line behind the platform.
        case caller
        /// Our bot.
        case bot
    }

    /// A few fixed words, fit for a metric's label.
    public let kind: String
    /// Who causes it.
    public let side: Side
    /// What was found, and what to do.
    public let description: String

    init(_ finding: AudioFinding) {
        kind = finding.shortDescription
        description = finding.description
        side =
            switch finding.side {
            case .platform: .platform
            case .caller: .caller
            case .bot: .bot
            }
    }
}
