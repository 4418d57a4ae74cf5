// SPDX-License-Identifier: Apache-2.0

/// One upgrade that is tried.
struct CheckRequest: Sendable {
    /// Where to.
    var url: String
    /// Its fields besides those of the handshake.
    var fields: [(name: String, value: String)] = []

    /// The path of a URL, `/` where it has none.
    static func path(of url: String) -> String {
        let path = url[targetRange(of: url)].prefix { $0 != "?" }
        return path.isEmpty ? "/" : String(path)
    }

    /// Path and query of a URL.
    static func target(of url: String) -> String {
        let target = url[targetRange(of: url)]
        return target.hasPrefix("/") ? String(target) : "/" + target
    }

    /// Host and port of a URL in small letters, the port only where it is not the scheme's own.
    static func authority(of url: String) -> String {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let authority = url[start..<targetRange(of: url).lowerBound].lowercased()
        let usual = url.hasPrefix("wss:") ? ":443" : ":80"
        return authority.hasSuffix(usual) ? String(authority.dropLast(usual.count)) : authority
    }

    /// A URL with one more segment behind its path.
    static func adding(_ segment: String, toPathOf url: String) -> String {
        let path = url[targetRange(of: url)].prefix { $0 != "?" }
        return replacing(pathOf: url, with: path + (path.last == "/" ? "" : "/") + segment)
    }

    /// A URL with `token` in its query, everything but letters and digits escaped.
    static func adding(token: String, toQueryOf url: String) -> String {
        let escaped = token.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            if isPlain { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return url + (url.contains("?") ? "&" : "?") + "token=" + escaped.joined()
    }

    /// A URL with another path.
    static func replacing(pathOf url: String, with path: String) -> String {
        let target = url[targetRange(of: url)]
        return url[..<target.startIndex] + path + target.drop { $0 != "?" }
    }

    /// A URL without its query; nil when it has none.
    static func removingQuery(of url: String) -> String? {
        url.firstIndex(of: "?").map { String(url[..<$0]) }
    }

    /// The ways to cut a path in two at a slash, the shortest first part first.
    static func cuts(of path: String) -> [(front: String, rest: String)] {
        path.indices.dropFirst().filter { path[$0] == "/" && path.index(after: $0) < path.endIndex }
            .map { (String(path[..<$0]), String(path[$0...])) }
    }

    /// A URL under another scheme.
    static func url(_ url: String, scheme: String) -> String {
        guard let separator = url.firstRange(of: "://") else { return url }
        return scheme + url[separator.lowerBound...]
    }

    private static func targetRange(of url: String) -> Range<String.Index> {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        return (url[start...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex)..<url.endIndex
    }
}
