// SPDX-License-Identifier: Apache-2.0

/// The URL of an endpoint, taken apart as far as it is checked.
package struct WebhookURL: Sendable, Equatable {
    /// Whether it is `https`.
    package let isSecure: Bool
    /// Whether only this machine is reached by it.
    package let isLoopback: Bool

    /// What `text` says, or nil when it is no URL of the form `http[s]://host[:port][/path][?query]` in visible ASCII.
    package init?(_ text: String) {
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }),
            let separator = text.firstRange(of: "://")
        else { return nil }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { return nil }
        let rest = text[separator.upperBound...]
        let authority = rest[..<(rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex)]
        guard let host = PublicURL.host(ofAuthority: authority) else { return nil }
        isSecure = scheme == "https"
        isLoopback = host.isLoopback
    }
}
