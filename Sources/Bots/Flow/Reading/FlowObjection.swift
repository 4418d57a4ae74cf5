// SPDX-License-Identifier: Apache-2.0

/// What those who will perform a flow have against one of its steps.
package enum FlowObjection: Sendable, Equatable {
    /// They cannot do it: what is wrong, and what to do; the flow is refused.
    case fault(String)
    /// They do it otherwise than it says.
    case warning(String)
}
