// SPDX-License-Identifier: Apache-2.0

/// An address to bind: an IPv4 address, an IPv6 address without brackets, or a host name.
package struct HostAddress: Sendable, Hashable {
    /// The address as written, in lower case.
    package let text: String
    /// Whether only this machine reaches it: `127.0.0.0/8`, `::1`, the same mapped into IPv6, or `localhost`.
    package let isLoopback: Bool
    /// Whether it stands for every address of the machine: `0.0.0.0` or `::`.
    package let isEveryAddress: Bool
    /// Whether it is an IPv6 address, which a URL shows in brackets.
    package let isIPv6: Bool

    /// `127.0.0.1`.
    package static let loopback = HostAddress(text: "127.0.0.1", isLoopback: true)

    private init(text: String, isLoopback: Bool, isEveryAddress: Bool = false, isIPv6: Bool = false) {
        self.text = text
        self.isLoopback = isLoopback
        self.isEveryAddress = isEveryAddress
        self.isIPv6 = isIPv6
    }

    /// An address, or nil when `text` is none.
    package init?(_ text: String) {
        let text = text.lowercased()
        if text.contains(":") {
            guard let groups = Self.ipv6Groups(text) else { return nil }
            let mapped = groups.prefix(5).allSatisfy { $0 == 0 } && groups[5] == 0xFFFF
            self.init(
                text: text,
                isLoopback: groups == [0, 0, 0, 0, 0, 0, 0, 1] || (mapped && groups[6] >> 8 == 127),
                isEveryAddress: groups.allSatisfy { $0 == 0 },
                isIPv6: true
            )
        } else if let octets = Self.ipv4Octets(text) {
            self.init(text: text, isLoopback: octets[0] == 127, isEveryAddress: octets == [0, 0, 0, 0])
        } else {
            guard Self.isHostName(text) else { return nil }
            self.init(text: text, isLoopback: text == "localhost")
        }
    }

    /// The address as a URL shows it: IPv6 in brackets.
    package var urlText: String { isIPv6 ? "[\(text)]" : text }
}

extension HostAddress: CustomStringConvertible {
    /// The address as written.
    package var description: String { text }
}
