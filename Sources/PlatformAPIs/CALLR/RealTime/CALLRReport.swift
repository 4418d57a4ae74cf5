// SPDX-License-Identifier: Apache-2.0

/// What the operator of Real-Time should know of one call.
package enum CALLRReport: Sendable, Equatable {
    /// It began.
    case began
    /// It was refused, for as many run as may.
    case full
    /// It is in the middle of something that is not known here, such as after a restart, and was hung up.
    case unknown
    /// A request came with an id that nobody waits for; it was answered with a wait.
    case stray
    /// Its program was not ready in time; the caller waits a second more.
    case postponed
    /// It is over.
    case ended(CALLRCallError)

    /// What happened, in a few words.
    package var message: String {
        switch self {
        case .began: "a call at CALLR began"
        case .full: "a call at CALLR was hung up: as many run as may; raise `maximum_calls`"
        case .unknown: "a call at CALLR was hung up in its middle: it did not begin here, or before a restart"
        case .stray: "CALLR told the result of a command that nobody waits for; it was told to wait and ask again"
        case .postponed: "a flow was not ready within the time CALLR gives; the caller waits a second more"
        case .ended(let reason): "a call at CALLR is over: \(reason)"
        }
    }
}
