// SPDX-License-Identifier: Apache-2.0

/// What is logged and how it looks (`logging`).
package struct LoggingConfiguration: Sendable, Equatable {
    /// How much is logged; each level includes those after it.
    package enum Level: String, Sendable, CaseIterable {
        /// Every message of every call.
        case trace
        /// What a developer of a bot wants to see.
        case debug
        /// A line or two per call.
        case info
        /// Rare events that are no fault.
        case notice
        /// What an operator should look at some day.
        case warning
        /// What cost a call.
        case error
        /// What cost the service.
        case critical
    }

    /// How a line looks.
    package enum Format: String, Sendable, CaseIterable {
        /// Text on a terminal, JSON otherwise.
        case auto
        /// One line of text for people.
        case text
        /// One JSON object a line.
        case json
    }

    /// `level`.
    ///
    /// Default `info`.
    package var level: Level
    /// `format`.
    ///
    /// Default `auto`.
    package var format: Format

    /// How to log.
    package init(level: Level = .info, format: Format = .auto) {
        self.level = level
        self.format = format
    }
}
