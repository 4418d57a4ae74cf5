// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What is asked of a platform about a live call.
package enum CallAction: Sendable, Equatable {
    /// To end it.
    case hangUp
    /// To connect the caller elsewhere.
    case transfer(TransferTarget)

    /// A word of a small set, fit for a record and a metric's label.
    package var word: String {
        switch self {
        case .hangUp: "hang_up"
        case .transfer: "transfer"
        }
    }
}
