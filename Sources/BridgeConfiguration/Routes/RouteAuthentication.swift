// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// What a platform must show before its upgrade is accepted (`authentication`).
///
/// Every credential in the list is demanded: one missing is 401, one wrong is 403. An empty list is an open route,
/// which a file can only get by `none: true`, off loopback by `i_know: true` beside it.
package struct RouteAuthentication: Sendable, Equatable {
    /// One thing that a request must carry.
    package enum Credential: Sendable, Equatable {
        /// `bearer`: `Authorization: Bearer <token>`.
        case bearer(Secret)
        /// An entry of `headers`: a header whose whole value is the secret.
        ///
        /// The name is as written; names compare without regard to case.
        case header(name: String, value: Secret)
        /// `query_token`: `?token=<token>` in the request's URL, for platforms that can set no header.
        ///
        /// Such URLs end up in the logs of proxies.
        case queryToken(Secret)
    }

    /// What is demanded, in the order bearer, headers by name, query token.
    package var credentials: [Credential]
    /// `i_know`: allows an open route on an address that is not loopback.
    package var allowsOpenRemote: Bool

    /// Whether anybody may connect.
    package var isOpen: Bool { credentials.isEmpty }

    /// Demands of a route.
    package init(credentials: [Credential], allowsOpenRemote: Bool = false) {
        self.credentials = credentials
        self.allowsOpenRemote = allowsOpenRemote
    }

    /// An open route.
    package static let open = RouteAuthentication(credentials: [])
}
