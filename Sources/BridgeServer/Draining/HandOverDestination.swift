// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import Digests

/// Where the calls of a route are moved to when the server stops.
struct HandOverDestination: Sendable {
    /// The URL, without what lets somebody in.
    let url: String
    private var query = ""
    /// The path that a token in it is made for.
    private let path: String
    private var pathToken: (secret: Secret, lifetime: Duration)?

    /// A URL, to which the platform brings what a URL can carry of what the route asks for.
    ///
    /// - Parameters:
    ///   - url: the URL, without query.
    ///   - path: the path that the other server serves it on.
    ///   - authentication: what the route asks for, here as there.
    init(url: String, path: String, authentication: RouteAuthentication) {
        self.url = url
        self.path = path
        for credential in authentication.credentials {
            switch credential {
            case .queryToken(let token): query = "?token=" + PercentText.encoded(token.reveal())
            case .pathToken(let secret, let lifetime): pathToken = (secret, lifetime)
            default: continue
            }
        }
    }

    /// Where the calls of a route go: its own URL, or the server's with the route's path; nil for nowhere.
    ///
    /// `authentication` is what the calls had to show there.
    init?(_ route: RouteConfiguration, _ drain: DrainConfiguration, _ authentication: RouteAuthentication) {
        switch route.drain.handOver {
        case .off: return nil
        case .url(let url): self.init(url: url, path: Self.path(of: url), authentication: authentication)
        case .server:
            guard let server = drain.handOver else { return nil }
            self.init(url: server + route.path, path: route.path, authentication: authentication)
        }
    }

    /// Where to move a call now, `now` being seconds since 1970; a token in the path is good for this one call.
    ///
    /// - Throws: `DigestError` when no token can be made.
    func target(now: Int) throws(DigestError) -> TransferTarget {
        guard let (secret, lifetime) = pathToken else { return .bot(url: url + query) }
        let nonce = try SecureRandom.bytes(16).reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
        // A little less than its lifetime: the other server's clock may be behind.
        let expires = now + max(1, Int(lifetime.components.seconds) * 9 / 10)
        let token = try PathToken(path: path, expires: expires, nonce: nonce, secret: secret.reveal())
        return .bot(url: url + (url.hasSuffix("/") ? "" : "/") + token.text + query)
    }

    /// The same as records may show it.
    var shown: TransferTarget { .bot(url: url) }

    private static func path(of url: String) -> String {
        let rest = url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
        return rest.isEmpty ? "/" : String(rest)
    }
}
