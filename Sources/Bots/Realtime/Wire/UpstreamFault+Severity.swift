// SPDX-License-Identifier: Apache-2.0

extension UpstreamFault {
    /// What an error means for the call.
    enum Severity: Sendable, Equatable {
        /// Nothing: the session goes on.
        case harmless
        /// An answer we asked for was refused because one is under way.
        case busy
        /// The session is over; another one can be had.
        case sessionLost
        /// No session will be had with these settings.
        case fatal
    }

    /// Codes after which no attempt succeeds.
    private static let hopeless: Set<String> = [
        "invalid_api_key", "insufficient_quota", "billing_hard_limit_reached", "account_deactivated", "model_not_found",
        "invalid_model", "beta_api_shape_disabled", "unsupported_country_region_territory",
    ]

    /// What of ours an event was for, by the id we gave it.
    var purpose: ClientEvents.Purpose? {
        guard let parts = eventID?.split(separator: "-"), parts.count == 3, parts[0] == "vb" else { return nil }
        return ClientEvents.Purpose(rawValue: String(parts[1]))
    }

    /// What the error means for the call.
    ///
    /// Most errors leave a session usable (a cancel that came too late, a cut of what is shorter already); those that do not
    /// say so by their code, or are about the session's settings.
    var severity: Severity {
        if code == "session_expired" { return .sessionLost }
        if Self.hopeless.contains(code) || type == "authentication_error" { return .fatal }
        if code == "conversation_already_has_active_response" { return .busy }
        return purpose == .update ? .fatal : .harmless
    }

    /// The error in a few words.
    var text: String {
        let name = code.isEmpty ? type : code
        return name.isEmpty ? message : "\(name): \(message)"
    }
}
