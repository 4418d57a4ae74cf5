// SPDX-License-Identifier: Apache-2.0

/// The three logs that IVR Solutions keeps, each with ids of its own.
package enum IVRSolutionsLogKind: String, Sendable, CaseIterable {
    /// Calls in and out.
    case call
    /// Calls between an agent and a customer.
    case clickToCall = "c2c"
    /// Attempts of automatic dialers.
    case dialer

    /// The member of a request that holds the last id seen.
    var cursorMember: String { "last_\(rawValue)_log_id" }

    /// The members of an answer that may hold the new logs.
    ///
    /// The platform's page shows no answer; the first is what public clients read, the others follow the page's names.
    var answerMembers: [String] {
        switch self {
        case .call: ["call_logs"]
        case .clickToCall: ["click_to_call_logs", "c2c_logs"]
        case .dialer: ["dialer_logs"]
        }
    }
}
