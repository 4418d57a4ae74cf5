// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration

/// What the calls of one scope are held to.
struct AdmissionBounds: Sendable, Equatable {
    /// Calls at a time; nil for any number.
    var calls: Int?
    /// The rate of new calls, and the minutes of a day.
    var quota = CallQuota()

    /// Whether nothing is held.
    var isEmpty: Bool { self == AdmissionBounds() }
}
