// SPDX-License-Identifier: Apache-2.0

/// What is asked of a platform about a live call, out of band.
public enum CallAction: Sendable, Equatable {
    /// To end it.
    case hangUp
    /// To connect the caller elsewhere.
    case transfer(TransferTarget)

    /// A word of a small set, fit for a record and a metric's label: `hang_up` or `transfer`.
    public var word: String {
        switch self {
        case .hangUp: "hang_up"
        case .transfer: "transfer"
        }
    }
}
