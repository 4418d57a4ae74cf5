// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import Digests
import WebSocketWire

/// Checks a request's credentials before anything is accepted: every one demanded, each compared in constant time.
struct Authenticator: Sendable {
    /// How long a nonce of Plivo, whose signatures do not age, is remembered, in seconds.
    static let plivoMemory = 600

    let credentials: [RouteAuthentication.Credential]
    let path: String
    let address: PublicAddress?
    let proxies: [AddressRange]
    /// Whether a token stands behind the path.
    let takesPathToken: Bool

    /// The demands of a route.
    ///
    /// - Parameters:
    ///   - authentication: what is demanded.
    ///   - path: the route's path.
    ///   - publicURL: the URL that platforms were given, for signatures.
    ///   - trustedProxies: whose `X-Forwarded-For` is believed.
    init(
        _ authentication: RouteAuthentication,
        path: String = "",
        publicURL: String? = nil,
        trustedProxies: [AddressRange] = []
    ) {
        credentials = authentication.credentials
        takesPathToken = authentication.takesPathToken
        self.path = path
        address = publicURL.flatMap { PublicAddress($0) }
        proxies = trustedProxies
    }

    /// What `WWW-Authenticate` asks for (RFC 9110 §11.6.1).
    var challenge: String {
        let isBasic = credentials.contains { if case .basic = $0 { true } else { false } }
        return isBasic ? "Basic realm=\"calls\", charset=\"UTF-8\"" : "Bearer"
    }

    /// Whether a signature is asked for that covers the URL.
    var signsURL: Bool {
        credentials.contains {
            switch $0 {
            case .twilioSignature, .plivoSignature: true
            default: false
            }
        }
    }

    /// Judges a request.
    ///
    /// - Parameters:
    ///   - request: what there is of it.
    ///   - now: seconds since 1970.
    /// - Returns: what all of it is worth.
    func judge(_ request: PresentedRequest, now: Int) -> Judgement {
        credentials.reduce(.granted) { $0.and(judge($1, request, now)) }
    }

    private func judge(
        _ credential: RouteAuthentication.Credential,
        _ request: PresentedRequest,
        _ now: Int
    ) -> Judgement {
        switch credential {
        case .bearer(let token):
            compare(
                only(request.headers.values("Authorization")).map { rest(of: $0, after: "Bearer") },
                token.reveal(),
                "Authorization"
            )
        case .header(let name, let value): compare(only(request.headers.values(name)), value.reveal())
        case .queryToken(let token): compare(only(tokens(in: request.query)), token.reveal())
        case .basic(let user, let password): judgeBasic(request.headers, "\(user):\(password.reveal())")
        case .twilioSignature(let token): judgeTwilio(request, token.reveal())
        case .plivoSignature(let token): judgePlivo(request, token.reveal(), now)
        case .genesysSignature(let key, let secret): judgeGenesys(request, key.reveal(), secret.reveal(), now)
        case .pathToken(let secret, let lifetime): judgePathToken(request, secret.reveal(), lifetime, now)
        case .addresses(let ranges):
            ranges.contains { $0.contains(request.callerAddress(behind: proxies)) } ? .granted : .wrong
        case .clientCertificate(let subjects): judgeCertificate(request.certificateSubject, subjects)
        }
    }

    private func judgeCertificate(_ subject: String?, _ subjects: [String]) -> Judgement {
        guard let subject else { return .missing(nil) }
        return subjects.isEmpty || subjects.contains(subject) ? .granted : .wrong
    }
}
