// SPDX-License-Identifier: Apache-2.0

/// One upgrade that is tried.
struct CheckRequest: Sendable {
    /// Where to.
    var url: String
    /// Its fields besides those of the handshake.
    var fields: [(name: String, value: String)] = []

    /// The path of a URL, `/` where it has none.
    static func path(of url: String) -> String {
        let target = target(of: url)
        let path = url[target].prefix { $0 != "?" }
        return path.isEmpty ? "/" : String(path)
    }

    /// A URL with one more segment behind its path.
    static func adding(_ segment: String, toPathOf url: String) -> String {
        let target = url[target(of: url)]
        let path = target.prefix { $0 != "?" }
        let slash = path.last == "/" ? "" : "/"
        return url[..<target.startIndex] + path + slash + segment + target.dropFirst(path.count)
    }

    /// A URL under another scheme.
    static func url(_ url: String, scheme: String) -> String {
        guard let separator = url.firstRange(of: "://") else { return url }
        return scheme + url[separator.lowerBound...]
    }

    private static func target(of url: String) -> Range<String.Index> {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        return (url[start...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex)..<url.endIndex
    }
}
