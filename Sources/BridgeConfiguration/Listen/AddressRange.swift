// SPDX-License-Identifier: Apache-2.0

/// Addresses that begin with the same bits: `192.0.2.0/24`, `2001:db8::/32`, or one address alone (RFC 4632 §3.1).
package struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    /// The range as written.
    package let description: String
    private let bytes: [UInt8]
    private let prefixLength: Int

    /// A range; nil when `text` is none, or bits are set behind the prefix.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytes(of: String(parts[0])) else { return nil }
        var length = bytes.count * 8
        if parts.count == 2 {
            guard let written = Int(parts[1]), (0...length).contains(written), "\(written)" == parts[1] else {
                return nil
            }
            length = written
        }
        guard bytes == Self.masked(bytes, length) else { return nil }
        description = text
        self.bytes = bytes
        prefixLength = length
    }

    /// Whether an address is in it; an IPv4 address that is mapped into IPv6 counts as IPv4.
    package func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
        return Self.masked(other, prefixLength) == bytes
    }

    /// Whom an address belongs to, as far as can be told.
    ///
    /// An IPv4 address stands for itself, an IPv6 one for its network of 64 bits, of which one customer has all addresses
    /// (RFC 6177 §2). What is no address stands for itself.
    package static func source(of address: String) -> String {
        guard let bytes = bytes(of: address) else { return address }
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 8, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        return groups.map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    /// The 4 or 16 bytes of an address, a zone of IPv6 left out.
    private static func bytes(of text: String) -> [UInt8]? {
        if let octets = HostAddress.ipv4Octets(text) { return octets.map { UInt8(truncatingIfNeeded: $0) } }
        guard let groups = HostAddress.ipv6Groups(String(text.prefix { $0 != "%" })) else { return nil }
        let bytes = groups.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes.suffix(4)) : bytes
    }

    private static func masked(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(max(length - index * 8, 0), 8)
            return byte & ~(kept == 8 ? 0 : UInt8(0xFF) >> UInt8(kept))
        }
    }
}
