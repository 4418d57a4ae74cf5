// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding (RFC 3986 §2.1) undone.
enum PercentText {
    /// `text` with `%XX` undone; what is no such triplet stays.
    static func decoded(_ text: Substring) -> String { decode(text) { $0 } }

    /// The same, with `+` for a space, as in a form.
    static func decodedForm(_ text: Substring) -> String {
        decode(text) { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
    }

    private static func decode(_ text: Substring, plain: (UInt8) -> UInt8) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else {
                bytes.append(plain(byte))
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
