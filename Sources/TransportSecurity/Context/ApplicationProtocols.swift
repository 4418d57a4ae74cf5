// SPDX-License-Identifier: Apache-2.0

/// The list of protocols in ALPN (RFC 7301 §3.1): each name behind a byte with its length.
enum ApplicationProtocols {
    /// The list as it goes over the wire; each name has 1 to 255 bytes.
    static func wire(_ names: [String]) -> [UInt8] {
        names.flatMap { [UInt8(truncatingIfNeeded: $0.utf8.count)] + Array($0.utf8) }
    }

    /// Where in the offered list the first name of ours is that it holds; nil when there is none or it is malformed.
    static func choose(_ ours: [String], from offered: Span<UInt8>) -> Range<Int>? {
        for name in ours {
            if let range = position(of: Array(name.utf8), in: offered) { return range }
        }
        return nil
    }

    private static func position(of name: [UInt8], in offered: Span<UInt8>) -> Range<Int>? {
        var index = 0
        while index < offered.count {
            let start = index + 1
            let end = start + Int(offered[index])
            guard end <= offered.count else { return nil }
            if end - start == name.count, (start..<end).allSatisfy({ offered[$0] == name[$0 - start] }) {
                return start..<end
            }
            index = end
        }
        return nil
    }
}
