// SPDX-License-Identifier: Apache-2.0

/// Why a call is not let in.
struct AdmissionRefusal: Error, Equatable {
    enum Cause: String, Sendable, CaseIterable {
        /// The server is stopping.
        case draining
        /// As many calls as may are up.
        case calls = "too_many_calls"
        /// New calls come faster than they may.
        case rate = "too_many_new_calls"
        /// The minutes of the day are used up.
        case minutes = "minutes_used_up"
        /// The tenant needs as much of the processors as it may have.
        case processor = "cpu_share_used_up"
    }

    /// What there is too much of.
    var cause: Cause
    /// Whose.
    var scope: AdmissionScope
    /// Seconds after which to come again; nil for the configured ones.
    var retryAfter: Int?

    /// One word of a small set, for logs and metrics: at most four for each cause.
    var reason: String { cause == .draining ? cause.rawValue : cause.rawValue + scope.suffix }

    /// The same for whoever asks.
    var text: String {
        switch cause {
        case .draining: "the server is stopping"
        case .calls: "as many calls as allowed are under way"
        case .rate: "new calls come faster than allowed"
        case .minutes: "the minutes of the day are used up"
        case .processor: "the share of the processors is used up"
        }
    }
}
