// SPDX-License-Identifier: Apache-2.0

/// What new calls are held to beside the number that is up: their rate, and the minutes of a day.
///
/// The same keys stand in the limits of the server, of a route, of a tenant and of a source; each counts for itself.
package struct CallQuota: Sendable, Equatable {
    /// `calls_per_second`: new calls per second over time, 1…100,000, or `off` (nil).
    ///
    /// Default `off`.
    package var callsPerSecond: Int?
    /// `burst`: new calls that may come at once after a pause, 1…1,000,000, or `auto` (nil), as many as in a second.
    ///
    /// Default `auto`.
    package var burst: Int?
    /// `minutes_per_day`: minutes that all calls of a day may last together, 1…100,000,000, or `off` (nil).
    ///
    /// Default `off`. A new call is refused once they are used up; calls that are up go on.
    package var minutesPerDay: Int?

    /// No limit.
    package init() {}
}
