// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration

/// One way into a route: what is demanded, and whose calls come in by it.
struct RouteDoor: Sendable {
    /// Whose the calls are; nil for nobody's.
    var tenant: String?
    /// What a request must show.
    var authenticator: Authenticator
}

extension RouteDoor {
    /// The doors of a route of a checked configuration: one, or one for each tenant that shares it.
    static func doors(of route: RouteConfiguration, _ listen: ListenConfiguration) -> [RouteDoor] {
        guard !route.tenants.isEmpty else {
            return [RouteDoor(tenant: route.tenant, authenticator: Authenticator(route, listen))]
        }
        return route.tenants.map { tenant in
            RouteDoor(
                tenant: tenant.name,
                authenticator: Authenticator(
                    tenant.authentication,
                    path: route.path,
                    publicURL: listen.publicURL,
                    trustedProxies: listen.trustedProxies
                )
            )
        }
    }

    /// What is known after more doors were tried: the best that one of them said of a request.
    ///
    /// Right at one door is right; else what is late was right once, and what is wrong was at least there.
    static func better(_ first: Judgement, _ second: Judgement) -> Judgement {
        rank(second) > rank(first) ? second : first
    }

    private static func rank(_ judgement: Judgement) -> Int {
        switch judgement {
        case .missing: 0
        case .wrong: 1
        case .late: 2
        case .accepted: 3
        }
    }
}
