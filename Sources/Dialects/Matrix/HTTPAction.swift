// SPDX-License-Identifier: Apache-2.0

/// What is done to a call of a platform over HTTP, since its socket carries no word for it.
package enum HTTPAction: String, Sendable, CaseIterable {
    /// The call is ended.
    case hangUp = "hang_up"
    /// The caller is connected elsewhere.
    case transfer
}
