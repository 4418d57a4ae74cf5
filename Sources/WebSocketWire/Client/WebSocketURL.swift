// SPDX-License-Identifier: Apache-2.0

/// A `ws` or `wss` URL, taken apart (RFC 6455 §3).
package struct WebSocketURL: Sendable, Equatable {
    /// Why a text is no such URL.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        /// What is wrong, and what to write.
        package let description: String

        init(_ description: String) { self.description = description }
    }

    /// Whether TLS is spoken.
    package let isSecure: Bool
    /// A name or an address, without brackets.
    package let host: String
    /// The port, the scheme's own where the URL has none.
    package let port: Int
    /// Path and query as requested, beginning with a slash.
    package let target: String

    /// Takes a URL apart.
    package init(_ text: String) throws(Fault) {
        let bad = Fault(
            "'\(text.prefix(200))' is no WebSocket URL; write ws://HOST:PORT/PATH or wss://HOST/PATH"
        )
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("#"),
            let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://")
        else { throw bad }
        switch text[..<colon].lowercased() {
        case "ws": isSecure = false
        case "wss": isSecure = true
        default: throw bad
        }
        let rest = text[colon...].dropFirst(3)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<end]
        let path = rest[end...]
        target = path.hasPrefix("/") ? String(path) : "/" + path
        guard !authority.contains("@") else {
            throw Fault("credentials in the URL are not sent; give an Authorization header instead")
        }
        var name = authority
        var digits: Substring?
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { throw bad }
            name = authority[authority.index(after: authority.startIndex)..<bracket]
            let behind = authority[authority.index(after: bracket)...]
            guard behind.isEmpty || behind.hasPrefix(":") else { throw bad }
            digits = behind.isEmpty ? nil : behind.dropFirst()
        } else if let colon = authority.firstIndex(of: ":") {
            name = authority[..<colon]
            digits = authority[authority.index(after: colon)...]
        }
        guard !name.isEmpty else { throw bad }
        host = String(name)
        guard let digits else {
            port = isSecure ? 443 : 80
            return
        }
        guard let number = Int(digits), (1...65_535).contains(number) else { throw bad }
        port = number
    }

    /// The value of the `Host` header: the port only where it is not the scheme's own.
    package var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }
}
