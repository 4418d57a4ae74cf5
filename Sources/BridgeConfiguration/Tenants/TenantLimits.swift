// SPDX-License-Identifier: Apache-2.0

/// Bounds of one tenant (`tenants[].limits`), on all its routes together.
package struct TenantLimits: Sendable, Equatable {
    /// `calls`: calls at a time, 1…1,000,000 and at most the server's, or `off` (nil).
    ///
    /// Default `off`. One more is refused with 429 and `Retry-After`.
    package var calls: Int?
    /// The rate of new calls, and the minutes of a day.
    package var quota = CallQuota()
    /// `cpu_percent`: of each event loop's time, and of the machine's processors for its bots, 1…100.
    ///
    /// Default 50. A new call that would need more is refused with 429; what calls that are up ask of a loop beyond it waits
    /// its turn. 100 holds the tenant to nothing.
    package var cpuPercent = 50

    /// The limits of a tenant that sets none.
    package init() {}
}
