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

    private static func isAuthority(_ text: Substring) -> Bool { host(ofAuthority: text) != nil }

    /// The host of an authority (RFC 3986 §3.2) that is a host and perhaps a port, without a user; nil for any other.
    static func host(ofAuthority text: Substring) -> HostAddress? {
        var host = text
        var port: Substring?
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard let address = HostAddress(String(host)), address.isIPv6 == (text.first == "[") else { return nil }
        guard let port else { return address }
        guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port),
            (1...65_535).contains(number)
        else { return nil }
        return address
    }
}
