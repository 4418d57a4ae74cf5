// SPDX-License-Identifier: Apache-2.0

/// The URL that a platform was given, in every spelling that it may have signed: with the port and without, with a
/// slash at the end and without.
///
/// The host is always the configured one, so that no field of a request can choose what a signature is checked against.
struct PublicAddress: Sendable, Equatable {
    /// `wss` or `ws`.
    let scheme: String
    /// Host and port in the spellings to try, the configured one first.
    let authorities: [String]
    /// What stands before a route's path; empty, or `/` and more, without a slash at the end.
    let prefix: String

    /// The parts of `listen.public_url`; nil when it is no URL.
    init?(_ url: String) {
        guard let separator = url.firstRange(of: "://") else { return nil }
        scheme = String(url[..<separator.lowerBound])
        let rest = url[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        prefix = String(rest.dropFirst(authority.count))
        let afterBracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[afterBracket...].lastIndex(of: ":") {
            authorities = [String(authority), String(authority[..<colon])]
        } else {
            authorities = [String(authority), "\(authority):\(scheme == "ws" ? 80 : 443)"]
        }
    }

    /// The spellings of the URL of one request, the configured one first.
    ///
    /// - Parameters:
    ///   - path: the path of the request.
    ///   - query: its query without `?`; nil when there is none.
    ///   - schemes: other schemes that the platform may sign with.
    /// - Returns: four spellings for each scheme.
    func urls(path: String, query: String?, schemes: [String] = []) -> [String] {
        let whole = prefix + path
        let paths = [whole, whole.last == "/" ? String(whole.dropLast()) : whole + "/"]
        let tail = query.map { "?" + $0 } ?? ""
        return ([scheme] + schemes).flatMap { scheme in
            authorities.flatMap { authority in paths.map { "\(scheme)://\(authority)\($0)\(tail)" } }
        }
    }
}
