// SPDX-License-Identifier: Apache-2.0

/// What a request to a platform came to.
package enum PlatformOutcome: Sendable, Equatable {
    /// Why nobody knows whether a request was carried out.
    package enum Doubt: Sendable, Equatable {
        /// The platform failed with this status.
        case status(Int)
        /// No whole answer; a word of a small set, see `HTTPClientError`.
        case exchange(String)
    }

    /// The platform did it, or took it on.
    case done
    /// The call was over before.
    case alreadyOver
    /// The platform will not do it.
    case refused(PlatformRefusal)
    /// The platform did nothing and wants to be asked later (429, 503).
    case busy(status: Int)
    /// Perhaps it was done, perhaps not.
    case unclear(Doubt)

    /// A word of a small set, fit for a record and a metric's label.
    package var word: String {
        switch self {
        case .done: "done"
        case .alreadyOver: "already_over"
        case .refused: "refused"
        case .busy: "busy"
        case .unclear: "unclear"
        }
    }

    /// What happened and what to do, for an error.
    ///
    /// - Parameters:
    ///   - platform: the platform's name.
    ///   - attempts: how many requests were sent.
    /// - Returns: one sentence without its stop.
    package func sentence(_ platform: String, attempts: Int) -> String {
        switch self {
        case .done: "\(platform) did it"
        case .alreadyOver: "the call is over at \(platform)"
        case .refused(let refusal): "\(platform) refused: \(refusal)"
        case .busy(let status): "\(platform) answered \(status) to \(attempts) requests: is its rate limit reached?"
        case .unclear(.status(let status)):
            "\(platform) failed with \(status) on request \(attempts); it may have acted or not"
        case .unclear(.exchange(let word)):
            "no answer of \(platform) to request \(attempts) (\(word)); it may have acted or not"
        }
    }
}
