// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// A call that is up, as it is known without asking its event loop.
package struct LiveCall: Sendable, Equatable {
    /// Its number within this process, in the order of coming.
    package var number: UInt64
    /// What the platform said when it began.
    package var start: CallStart
    /// The path it came on.
    package var route: String
    /// The bot that answers it.
    package var bot: String
    /// When it began, in seconds since 1970.
    package var began: Int
}
