// SPDX-License-Identifier: Apache-2.0

/// Bounds of the whole process (`limits`).
///
/// A route may set some of them for itself, see ``RouteLimits``.
package struct ServerLimits: Sendable, Equatable {
    /// `calls`: calls at a time, 1…1,000,000.
    ///
    /// Default 1,000. One more is refused with 503 and `Retry-After`.
    package var calls = 1_000
    /// The rate of new calls, and the minutes of a day; beyond them 503 and `Retry-After`.
    package var quota = CallQuota()
    /// `day_begins`: when the day of `minutes_per_day` begins, `HH:MM` in UTC.
    ///
    /// Default 00:00.
    package var dayBegins = DayStart.midnight
    /// `per_source`: bounds of the calls of each source.
    package var perSource = SourceLimits()
    /// `lag`: how late an event loop may be, averaged over about a second, 1 ms…10 s, or `off` (nil).
    ///
    /// Default 20 ms, a usual frame of audio. A call that comes to a later one is refused with 503 and `Retry-After`, until
    /// the average is down to half of this; calls that are up go on.
    package var lag: Duration? = Duration.milliseconds(20)
    /// `busy`: the part of an event loop's thread that calls may take, 10…100 %, or `off` (nil).
    ///
    /// Default 85 %. A call that comes to a loop whose calls take more, or will once those let in last speak, is refused with
    /// 503 and `Retry-After`; calls that are up go on.
    package var busy: Int? = 85
    /// `connections_per_source`: open connections of one IP address, calls included, 1…1,000,000.
    ///
    /// Default 1,000: a platform brings all its calls from few addresses. One more is closed at once.
    package var connectionsPerSource = 1_000
    /// `handshake_timeout`: TCP accept to accepted upgrade, 1…60 s.
    ///
    /// Default 10 s; then the connection is closed.
    package var handshakeTimeout = Duration.seconds(10)
    /// `start_timeout`: upgrade to the platform's `start`, 1…60 s.
    ///
    /// Default 10 s; then close 1008.
    package var startTimeout = Duration.seconds(10)
    /// `message_bytes`: one inbound message after inflation, 1 KiB…64 MiB.
    ///
    /// Default 1 MiB; a larger one closes 1009.
    package var messageBytes = 1_048_576
    /// `fragments`: frames of one inbound message, 1…1,000,000.
    ///
    /// Default 1,000; more close 1009.
    package var fragments = 1_000
    /// `maximum_call_duration`: length of one call, 10 s…24 h.
    ///
    /// Default 4 h; then the call is hung up.
    package var maximumCallDuration = Duration.seconds(4 * 3600)
    /// `silence_timeout`: time in which neither caller nor bot is heard and no key is pressed, 5 s…24 h, or `off`
    /// (nil).
    ///
    /// Default 15 min; then the call is hung up.
    package var silenceTimeout: Duration? = Duration.seconds(15 * 60)
    /// `drain_deadline`: how long live calls go on after SIGTERM, 0 s…24 h.
    ///
    /// Default 5 min; then they are hung up.
    package var drainDeadline = Duration.seconds(5 * 60)
    /// `retry_after`: what a refused platform is told to wait, 1 s…1 h.
    ///
    /// Default 5 s.
    package var retryAfter = Duration.seconds(5)
    /// `overdue_bot_grace`: how long a cancelled bot may go on before its call is completed without it, 0 s…60 s.
    ///
    /// Default 2 s.
    package var overdueBotGrace = Duration.seconds(2)
    /// `event_loops`: threads that serve sockets, 1…256, or `auto` (nil), one per core.
    ///
    /// Default `auto`.
    package var eventLoops: Int?

    /// The limits of an empty file.
    package init() {}
}
