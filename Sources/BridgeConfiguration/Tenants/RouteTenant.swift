// SPDX-License-Identifier: Apache-2.0

/// A tenant on a route that several share, told by what its platform shows (an entry of `routes[].tenants`).
package struct RouteTenant: Sendable, Equatable {
    /// The tenant's name.
    package var name: String
    /// What its platform shows, and nobody else's does.
    package var authentication: RouteAuthentication

    /// A tenant of a route.
    package init(name: String, authentication: RouteAuthentication) {
        self.name = name
        self.authentication = authentication
    }
}
