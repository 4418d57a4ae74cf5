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
        /// `basic`: `Authorization: Basic` with a user and a password (RFC 7617).
        case basic(user: String, password: Secret)
        /// `twilio_signature`: `X-Twilio-Signature` over the public URL, by the account's auth token.
        case twilioSignature(Secret)
        /// `plivo_signature`: `X-Plivo-Signature-V3` over the public URL and a nonce, by the account's auth token.
        case plivoSignature(Secret)
        /// `genesys_signature`: an HTTP message signature (RFC 9421) as Genesys Cloud AudioHook makes it.
        ///
        /// The client secret is base64, as Genesys shows it.
        case genesysSignature(apiKey: Secret, clientSecret: Secret)
        /// `path_token`: a token behind the route's path, good once and for at most `lifetime`.
        case pathToken(secret: Secret, lifetime: Duration)
        /// `addresses`: the caller's address is in one of these ranges.
        case addresses([AddressRange])
        /// `client_certificate`: a certificate that `listen.tls.client_ca` vouches for; of one of these subjects, as
        /// RFC 2253 writes them, or of any when there are none.
        case clientCertificate(subjects: [String])
    }

    /// What is demanded, in the order of ``Credential``'s cases, headers by name.
    package var credentials: [Credential]
    /// `i_know`: allows an open route on an address that is not loopback.
    package var allowsOpenRemote: Bool

    /// Whether a request shows its credential behind the route's path.
    package var takesPathToken: Bool {
        credentials.contains { if case .pathToken = $0 { true } else { false } }
    }

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
