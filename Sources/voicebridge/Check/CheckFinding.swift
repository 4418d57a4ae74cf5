// SPDX-License-Identifier: Apache-2.0

/// What the answers to a check come to.
struct CheckFinding: Sendable, Equatable {
    /// Whether the platform's calls get in and nobody else's.
    var isGood: Bool
    /// What it is, and what to do, in one line.
    var text: String

    /// Judges the answers.
    ///
    /// - Parameters:
    ///   - platform: who asked.
    ///   - bare: the status of a request that shows nothing.
    ///   - shown: the status of the platform's request.
    ///   - fault: what further requests found out.
    init(_ platform: CheckedPlatform, bare: Int, shown: Int, _ fault: ProxyFault? = nil) {
        isGood = shown == 101 && bare != 101
        text =
            switch shown {
            case _ where bare == 101:
                "anybody gets in: the route asks for nothing; give it `\(platform.key)` under `authentication`"
            case 101: "requests of \(platform.rawValue) get in, others do not"
            case _ where fault != nil: fault.map { Self.text($0, platform, shown) } ?? ""
            case 300..<400: "a proxy redirects (\(shown)), which no platform follows; let it pass the request on"
            case 400, 426:
                "the request does not arrive as an upgrade (\(shown)); let the proxy pass `Upgrade` and `Connection` on"
            case 401: Self.missing(platform)
            case 403: Self.wrong(platform)
            case 404:
                "no route has this path as it arrives; compare `path`, and see whether a proxy rewrites paths"
            case 502, 504: "a proxy does not reach the server (\(shown)); see that it listens where the proxy looks"
            case 503: "no calls are taken at present (503): the server or a proxy is full or stopping; try again"
            default: "the answer is \(shown), which no server of ours gives here; see what stands between"
            }
    }

    private static func text(_ fault: ProxyFault, _ platform: CheckedPlatform, _ status: Int) -> String {
        switch fault {
        case .scheme(let scheme):
            "only a signature under \(scheme):// is taken; give `listen.public_url` the scheme of this URL"
        case .strippedPath(let front) where status == 404:
            "a proxy takes `\(front)` off the path, and the route has it; take it off `path` too, and give it to "
                + "`listen.public_url`"
        case .strippedPath(let front) where platform == .pathToken:
            "a proxy takes `\(front)` off the path; make tokens for the path that the route has"
        case .strippedPath(let front):
            "a proxy takes `\(front)` off the path; give it to `listen.public_url`, which is what the platform was given"
        case .extraPath(let front):
            "the route's path has no `\(front)`, which arrives with the request; let the proxy take it off, or give it "
                + "to `path`"
        case .droppedQuery: "the query does not arrive; let the proxy pass it on"
        case .changedQuery:
            "the query arrives otherwise than it was sent; let the proxy pass it on to the letter, or give the platform "
                + "a URL without one"
        case .dropped(let field):
            "`\(field)` does not arrive (401): a proxy drops it, or the route asks for another credential too"
        }
    }

    private static func missing(_ platform: CheckedPlatform) -> String {
        guard let field = platform.fields.first else {
            return "no token arrives (401): a proxy cuts the path, or the route asks for another credential too"
        }
        return text(.dropped(field), platform, 401)
    }

    private static func wrong(_ platform: CheckedPlatform) -> String {
        switch platform {
        case .pathToken: "the token is refused (403): compare the secret, `path`, and the clocks"
        case .genesys:
            "the signature is refused (403), and neither scheme, path nor query is why: compare both secrets, the clocks, "
                + "and the host of `listen.public_url` with that of this URL"
        case .twilio, .plivo:
            "the signature is refused (403): compare the secret, and `listen.public_url` and `path` with this URL"
        case .bearer, .basic, .header, .queryToken:
            "the credentials are refused (403): compare the secret, and see whether a proxy puts its own in their place"
        }
    }
}
