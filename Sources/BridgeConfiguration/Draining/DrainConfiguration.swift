// SPDX-License-Identifier: Apache-2.0

/// What becomes of live calls when the server stops (`drain`); how long they have is `limits.drain_deadline`.
package struct DrainConfiguration: Sendable, Equatable {
    /// `hand_over`: the URL of the server that live calls are moved to, `wss://host[:port][/prefix]`, or `off` (nil).
    ///
    /// A route's path is appended, and the token that it asks for there. Default `off`.
    package var handOver: String?
    /// `hand_over_rate`: calls that are moved a second, 1…1,000.
    ///
    /// Default 10: the other server has its own callers too.
    package var handOverRate = 10
    /// `goodbye`: a WAV file of at most 30 s that is played to callers who are left at the deadline, before the hang-up.
    ///
    /// Default none: they are hung up at once.
    package var goodbye: String?

    /// What an empty file says.
    package init() {}
}

/// What becomes of live calls of one route when the server stops (`routes[].drain`).
package struct RouteDrain: Sendable, Equatable {
    /// Where a route's calls are moved to.
    package enum HandOver: Sendable, Equatable {
        /// Not written: as the server says.
        case server
        /// `off`: they are not.
        case off
        /// This URL.
        case url(String)
    }

    /// `hand_over`: a whole URL without query, to which the token that the route asks for in its URL is appended, or `off`.
    ///
    /// Default: as the server says.
    package var handOver = HandOver.server
    /// `goodbye`: a WAV file.
    ///
    /// Default: the server's.
    package var goodbye: String?

    /// What an empty entry says.
    package init() {}
}
