// SPDX-License-Identifier: Apache-2.0

/// A URL of WebSockets to which paths of routes are appended.
struct PublicURL: Equatable {
    /// The URL without a trailing slash.
    let text: String
    /// Whether it is `wss`.
    let isSecure: Bool

    /// A URL, or nil when `text` is none of the form `ws[s]://host[:port][/path]`.
    init?(_ text: String) {
        guard let separator = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "wss" || scheme == "ws" else { return nil }
        let rest = text[separator.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        guard Self.isAuthority(rest[..<slash]) else { return nil }
        var path = String(rest[slash...])
        while path.last == "/" { path.removeLast() }
        guard path.isEmpty || RoutePath.problem(of: path) == nil else { return nil }
        self.text = "\(scheme)://\(rest[..<slash])\(path)"
        isSecure = scheme == "wss"
    }

    /// Whether `text` is a host and perhaps a port.
    private static func isAuthority(_ text: Substring) -> Bool {
        var host = text
        var port: Substring?
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return false }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.first == ":", HostAddress(String(host))?.isIPv6 == true else { return false }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else {
            if let colon = text.firstIndex(of: ":") {
                host = text[..<colon]
                port = text[text.index(after: colon)...]
            }
            guard HostAddress(String(host)).map({ !$0.isIPv6 }) == true else { return false }
        }
        guard let port else { return true }
        guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port) else { return false }
        return (1...65_535).contains(number)
    }
}
