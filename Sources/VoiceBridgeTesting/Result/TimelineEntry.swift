// SPDX-License-Identifier: Apache-2.0

/// One thing that happened in a simulated call.
public struct TimelineEntry: Sendable, Equatable, CustomStringConvertible {
    /// Which way it went.
    public enum Direction: String, Sendable {
        /// From the platform to the server.
        case sent = "->"
        /// From the server to the platform.
        case received = "<-"
        /// On the platform itself.
        case inside = "--"
        /// The server broke a rule.
        case violation = "!!"
    }

    /// When, counted from the end of the opening handshake.
    public let time: Duration
    /// Which way it went.
    public let direction: Direction
    /// What it was, such as `audio.clear`.
    public let text: String

    /// `t=1200 <- audio.clear`, in milliseconds.
    public var description: String { "t=\(time.roundedMilliseconds) \(direction.rawValue) \(text)" }
}
