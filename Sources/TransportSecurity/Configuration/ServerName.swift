// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// Whom a client wants to reach: a host name (RFC 6125) or an IP address, checked and without decoration.
struct ServerName: Hashable, Sendable {
    /// The name in lower case without a final dot, or the address without brackets.
    let text: String

    /// Whether it is an address: never sent as SNI (RFC 6066 §3), and verified against the certificate's addresses.
    let isAddress: Bool

    /// Checks a name such as `calls.example.com`, `192.0.2.1`, `::1` or `[::1]`.
    /// - Throws: ``TLSError`` with `badSettings`.
    init(_ name: String) throws(TLSError) {
        var bare = Substring(name)
        if bare.hasPrefix("["), bare.hasSuffix("]") { bare = bare.dropFirst().dropLast() }
        let isAscii = bare.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard !bare.isEmpty, bare.utf8.count <= 253, isAscii else {
            throw Self.unusable(name)
        }
        if Self.isAddress(String(bare)) {
            text = String(bare)
            isAddress = true
            return
        }
        if bare.hasSuffix(".") { bare = bare.dropLast() }
        let labels = bare.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy(Self.isLabel) else { throw Self.unusable(name) }
        text = bare.lowercased()
        isAddress = false
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count)
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let octets = unsafe a2i_IPADDRESS(text) else {
            OpenSSLFailure.clear()
            return false
        }
        unsafe ASN1_OCTET_STRING_free(octets)
        return true
    }

    private static func unusable(_ name: String) -> TLSError {
        TLSError(.badSettings, "'\(name.prefix(80))' is neither a host name in ASCII nor an IP address")
    }
}
