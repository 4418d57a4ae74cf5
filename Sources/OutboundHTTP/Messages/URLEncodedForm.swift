// SPDX-License-Identifier: Apache-2.0

/// A body of `application/x-www-form-urlencoded` (WHATWG URL §5.2), and the escapes of a URL's parts.
package struct URLEncodedForm: Sendable, Equatable {
    /// The value of the `Content-Type` field.
    package static let contentType = "application/x-www-form-urlencoded"

    /// Names and values in order.
    package private(set) var fields: [(name: String, value: String)]

    /// A form of these fields.
    package init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    /// Adds a field behind those there are.
    package mutating func append(_ name: String, _ value: String) { fields.append((name, value)) }

    /// The fields as text, for a body or a query.
    package var text: String {
        fields.map { Self.escaped($0.name, isForm: true) + "=" + Self.escaped($0.value, isForm: true) }
            .joined(separator: "&")
    }

    /// The fields as bytes.
    package var body: [UInt8] { Array(text.utf8) }

    /// One segment of a path: all but RFC 3986's unreserved characters are escaped.
    package static func pathSegment(_ text: String) -> String { escaped(text, isForm: false) }

    /// Reads a body or a query; a pair without `=` has an empty value, and bytes that are not UTF-8 are replaced.
    package init(parsing text: String) {
        fields = text.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.unescaped(halves[0]), halves.count > 1 ? Self.unescaped(halves[1]) : "")
        }
    }

    /// The first value of a name.
    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    package static func == (left: URLEncodedForm, right: URLEncodedForm) -> Bool {
        left.fields.elementsEqual(right.fields) { $0 == $1 }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func escaped(_ text: String, isForm: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                bytes.append(byte)
            case UInt8(ascii: "*") where isForm, UInt8(ascii: "~") where !isForm: bytes.append(byte)
            case UInt8(ascii: " ") where isForm: bytes.append(UInt8(ascii: "+"))
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func unescaped(_ text: Substring.UTF8View) -> String {
        let source = Array(text)
        var bytes: [UInt8] = []
        var index = 0
        while index < source.count {
            let byte = source[index]
            if byte == UInt8(ascii: "%"), index + 2 < source.count,
                let high = hexadecimal(source[index + 1]), let low = hexadecimal(source[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        let upper = byte >= UInt8(ascii: "a") ? byte & 0xDF : byte
        return digits.firstIndex(of: upper).map { UInt8($0) }
    }
}
