// SPDX-License-Identifier: Apache-2.0

/// Whose calls are counted together.
enum AdmissionScope: Sendable, Hashable {
    /// All calls.
    case server
    /// Those of a path.
    case route(String)
    /// Those of a tenant.
    case tenant(String)
    /// Those of an address or a network.
    case source(String)

    /// What tells one scope's reasons for a refusal from another's.
    var suffix: String {
        switch self {
        case .server: ""
        case .route: "_on_route"
        case .tenant: "_of_tenant"
        case .source: "_from_source"
        }
    }

    /// The status of a refusal: 429 where it is for the caller to come less often (RFC 6585 §4), else 503.
    var status: Int {
        switch self {
        case .server, .route: 503
        case .tenant, .source: 429
        }
    }
}
