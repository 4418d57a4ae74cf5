// SPDX-License-Identifier: Apache-2.0

/// One signature of `Signature-Input` (RFC 9421 §4.1): what it covers, its parameters, and its text as it was signed.
///
/// The part of structured fields (RFC 8941) that such signatures use: one member, an inner list of plain strings, and
/// parameters that are strings or whole numbers.
struct SignatureInput: Sendable, Equatable {
    /// Name of the signature, such as `sig1`.
    var label: String
    /// Names of the covered components, in order.
    var components: [String]
    /// The parameters by name, strings without their quotes.
    var parameters: [String: String]
    /// The member's value to the letter, which is signed as `@signature-params`.
    var text: String

    /// Reads the field; nil when it is something else, names a component or a parameter twice, or has a second
    /// signature.
    init?(_ field: String) {
        var rest = field[...]
        guard let equals = rest.firstIndex(of: "=") else { return nil }
        label = String(rest[..<equals])
        rest = rest[rest.index(after: equals)...]
        text = String(rest)
        guard !label.isEmpty, label.utf8.allSatisfy(Self.isKeyByte), rest.popFirst() == "(" else { return nil }
        components = []
        while rest.first != ")" {
            rest = rest.drop { $0 == " " }
            guard let name = Self.string(&rest), !components.contains(name) else { return nil }
            components.append(name)
            guard rest.first == " " || rest.first == ")" else { return nil }
        }
        rest.removeFirst()
        parameters = [:]
        while let next = rest.popFirst() {
            guard next == ";" else { return nil }
            let key = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(key.count)
            guard !key.isEmpty, key.utf8.allSatisfy(Self.isKeyByte), rest.popFirst() == "=" else { return nil }
            guard let value = Self.string(&rest) ?? Self.integer(&rest) else { return nil }
            guard parameters.updateValue(value, forKey: String(key)) == nil else { return nil }
        }
    }

    /// A string in quotes of visible ASCII and spaces, without escapes.
    private static func string(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else { return nil }
        let body = rest.dropFirst()
        guard let end = body.firstIndex(of: "\"") else { return nil }
        let value = body[..<end]
        guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
        rest = body[body.index(after: end)...]
        return String(value)
    }

    /// A whole number of at most 15 digits (RFC 8941 §3.3.1).
    private static func integer(_ rest: inout Substring) -> String? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard (1...15).contains(digits.utf8.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return String(digits)
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "_-.*".utf8.contains(byte)
    }
}
