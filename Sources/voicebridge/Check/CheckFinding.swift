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
    ///   - otherScheme: the scheme under which a signature was taken, when that of the URL was not.
    init(_ platform: CheckedPlatform, bare: Int, shown: Int, otherScheme: String? = nil) {
        isGood = shown == 101 && bare != 101
        text =
            switch shown {
            case _ where bare == 101:
                "anybody gets in: the route asks for nothing; give it `\(platform.key)` under `authentication`"
            case 101: "requests of \(platform.rawValue) get in, others do not"
            case 300..<400: "a proxy redirects (\(shown)), which no platform follows; let it pass the request on"
            case 400, 426:
                "the request does not arrive as an upgrade (\(shown)); let the proxy pass `Upgrade` and `Connection` on"
            case 401: Self.missing(platform)
            case 403: Self.wrong(platform, otherScheme)
            case 404:
                "no route has this path as it arrives; compare `path`, and see whether a proxy rewrites paths"
            case 502, 504: "a proxy does not reach the server (\(shown)); see that it listens where the proxy looks"
            case 503: "no calls are taken at present (503): the server or a proxy is full or stopping; try again"
            default: "the answer is \(shown), which no server of ours gives here; see what stands between"
            }
    }

    private static func missing(_ platform: CheckedPlatform) -> String {
        guard let field = platform.field else {
            return "no token arrives (401): a proxy cuts the path, or the route asks for another credential too"
        }
        return "`\(field)` does not arrive (401): a proxy drops it, or the route asks for another credential too"
    }

    private static func wrong(_ platform: CheckedPlatform, _ otherScheme: String?) -> String {
        if let otherScheme {
            return "only a signature under \(otherScheme):// is taken; give `listen.public_url` the scheme of this URL"
        }
        guard platform.field != nil else {
            return "the token is refused (403): compare the secret, `path`, and the clocks"
        }
        return "the signature is refused (403): compare the secret, and `listen.public_url` and `path` with this URL"
    }
}
