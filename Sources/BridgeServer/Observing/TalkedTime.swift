// SPDX-License-Identifier: Apache-2.0

/// How long the calls of a route, or a tenant's calls on it, lasted together.
public struct TalkedTime: Sendable, Equatable {
    /// The route's path.
    public var route: String
    /// Whose calls they were, if that was kept; nil for nobody's.
    public var tenant: String?
    /// Their lengths together, in milliseconds.
    public var milliseconds: Int64

    /// A length.
    public init(route: String, tenant: String? = nil, milliseconds: Int64) {
        self.route = route
        self.tenant = tenant
        self.milliseconds = milliseconds
    }
}
