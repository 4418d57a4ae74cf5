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

extension PercentText {
    /// `text` for a query: all but letters, digits and `-._~` as `%XX`.
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.append(Character(Unicode.Scalar(byte)))
            default:
                result.append("%")
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
    }
}
