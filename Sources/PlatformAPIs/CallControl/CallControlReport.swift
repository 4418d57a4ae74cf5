// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What one action out of band came to, for the call's record.
package struct CallControlReport: Sendable, Equatable {
    /// The platform's name.
    package let platform: String
    /// The call.
    package let call: CallID
    /// What was asked for, `hang_up` or `transfer`.
    package let action: String
    /// What it came to.
    package let outcome: PlatformOutcome
    /// How many requests were sent, 1 or 2; 0 when the platform fetches what we hold.
    package let attempts: Int
}
