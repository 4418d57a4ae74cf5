// SPDX-License-Identifier: Apache-2.0

/// Bounds of the calls of each source (`limits.per_source`): an IPv4 address, or the 64-bit network of an IPv6 one.
///
/// Behind proxies that are trusted it is the address that they tell. None by default: a platform brings all its calls from
/// few addresses.
package struct SourceLimits: Sendable, Equatable {
    /// `calls`: calls at a time, 1…1,000,000, or `off` (nil).
    ///
    /// Default `off`. One more is refused with 429 and `Retry-After`.
    package var calls: Int?
    /// The rate of new calls, and the minutes of a day.
    package var quota = CallQuota()

    /// No limits.
    package init() {}
}
