// SPDX-License-Identifier: Apache-2.0

/// What the path of a route may look like.
enum RoutePath {
    /// Longest path, in bytes.
    static let maximumBytes = 256

    /// What is wrong with a path and what to do; nil when it is good.
    ///
    /// Good is an absolute path of unreserved characters, sub-delimiters, `:` and `@` (RFC 3986 §3.3) without escapes,
    /// empty or dotted segments, query or fragment: what a proxy leaves as it is.
    static func problem(of path: String) -> String? {
        guard path.utf8.first == UInt8(ascii: "/") else { return "does not begin with `/`; write the whole path" }
        guard path.utf8.count <= maximumBytes else { return "has more than \(maximumBytes) bytes; shorten it" }
        guard !path.contains("?"), !path.contains("#") else { return "has a query or a fragment; take it out" }
        guard path.utf8.allSatisfy(isPathByte) else {
            return "has a character that proxies rewrite; use letters, digits, `-`, `_`, `.` and `/`"
        }
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard path == "/" || !segments.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
            return "has an empty or dotted segment; write each segment out, without `/` at the end"
        }
        return nil
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: "-._~!$&'()*+,;=:@/".utf8.contains(byte)
        }
    }
}
