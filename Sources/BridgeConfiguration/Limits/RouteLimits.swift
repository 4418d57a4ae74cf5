// SPDX-License-Identifier: Apache-2.0

/// Bounds of one route (`routes[].limits`).
///
/// What a route does not set, it has from ``ServerLimits``.
package struct RouteLimits: Sendable, Equatable {
    /// `calls`: calls at a time on this route, at most the server's.
    ///
    /// One more is refused with 503 and `Retry-After`.
    package var calls: Int
    /// The rate of new calls on this route, and the minutes of a day; beyond them 503 and `Retry-After`.
    package var quota = CallQuota()
    /// `start_timeout`: upgrade to the platform's `start`, 1…60 s; then close 1008.
    package var startTimeout: Duration
    /// `message_bytes`: one inbound message after inflation, 1 KiB…64 MiB; a larger one closes 1009.
    package var messageBytes: Int
    /// `fragments`: frames of one inbound message, 1…1,000,000; more close 1009.
    package var fragments: Int
    /// `maximum_call_duration`: length of one call, 10 s…24 h; then the call is hung up.
    package var maximumCallDuration: Duration
    /// `silence_timeout`: time in which neither side is heard and no key is pressed, 5 s…24 h, or `off` (nil).
    package var silenceTimeout: Duration?

    /// The limits of a route that sets none.
    package init(_ server: ServerLimits = ServerLimits()) {
        calls = server.calls
        startTimeout = server.startTimeout
        messageBytes = server.messageBytes
        fragments = server.fragments
        maximumCallDuration = server.maximumCallDuration
        silenceTimeout = server.silenceTimeout
    }
}
