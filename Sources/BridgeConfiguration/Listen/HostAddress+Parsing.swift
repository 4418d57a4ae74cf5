// SPDX-License-Identifier: Apache-2.0

extension HostAddress {
    /// The four octets of a dotted IPv4 address; nil for anything else, also for numbers with leading zeros.
    static func ipv4Octets(_ text: String) -> [Int]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var octets: [Int] = []
        for part in parts {
            guard
                (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                part.utf8.count == 1 || part.first != "0", let octet = Int(part), octet <= 255
            else { return nil }
            octets.append(octet)
        }
        return octets
    }

    /// The eight groups of an IPv6 address (RFC 4291 §2.2), without zone and brackets; nil for anything else.
    static func ipv6Groups(_ text: String) -> [Int]? {
        guard let gap = text.firstRange(of: "::") else {
            let groups = ipv6Groups(ofRun: text)
            return groups?.count == 8 ? groups : nil
        }
        let head = text[..<gap.lowerBound]
        let tail = text[gap.upperBound...]
        guard let before = head.isEmpty ? [] : ipv6Groups(ofRun: head) else { return nil }
        guard let after = tail.isEmpty ? [] : ipv6Groups(ofRun: tail) else { return nil }
        guard before.count + after.count <= 7 else { return nil }
        return before + Array(repeating: 0, count: 8 - before.count - after.count) + after
    }

    /// Groups of a run between colons; a dotted IPv4 address may end it and counts as two.
    private static func ipv6Groups(ofRun text: some StringProtocol) -> [Int]? {
        let parts = String(text).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 8 else { return nil }
        var groups: [Int] = []
        for (index, part) in parts.enumerated() {
            if part.contains(".") {
                guard index == parts.count - 1, let octets = ipv4Octets(String(part)) else { return nil }
                groups += [octets[0] << 8 | octets[1], octets[2] << 8 | octets[3]]
            } else {
                guard
                    (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ Character(.init($0)).isHexDigit }),
                    let group = Int(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    /// Whether `text` is a host name (RFC 1123 §2.1): labels of letters, digits and inner hyphens; the last is no number.
    static func isHostName(_ text: String) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let good = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        }
        return good && labels.last.map { $0.contains { $0.isLetter } } == true
    }
}
