// SPDX-License-Identifier: Apache-2.0
import CallModel

/// What every event of a call says about it.
struct CallFacts: Sendable {
    let start: CallStart
    let route: String
    let bot: String
    /// Milliseconds since 1970.
    let startedAt: Int64
}
