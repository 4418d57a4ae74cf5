// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration

extension Authenticator {
    /// The demands of a route of a checked configuration.
    init(_ route: RouteConfiguration, _ listen: ListenConfiguration) {
        self.init(
            route.authentication,
            path: route.path,
            publicURL: listen.publicURL,
            trustedProxies: listen.trustedProxies
        )
    }
}
