// SPDX-License-Identifier: Apache-2.0

/// Reads tokens, separators and quoted strings from a header's value (RFC 9110 §5.6).
struct HeaderScanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ value: String) {
        bytes = Array(value.utf8)
    }

    /// Reads a whole list of extension offers: `name *( ";" name [ "=" ( token / quoted ) ] )`, parted by commas.
    ///
    /// - Returns: Whether the value followed the grammar to its end. Empty elements are permitted.
    mutating func scanOffers(into offers: inout [ExtensionOffer]) -> Bool {
        while true {
            skipWhitespace()
            if index == bytes.count { return true }
            if skip(",") { continue }
            guard let name = scanToken() else { return false }
            var offer = ExtensionOffer(name: name, parameters: [])
            skipWhitespace()
            while skip(";") {
                guard let parameter = scanParameter() else { return false }
                offer.parameters.append(parameter)
                skipWhitespace()
            }
            offers.append(offer)
            guard index == bytes.count || skip(",") else { return false }
        }
    }

    private mutating func scanParameter() -> ExtensionOffer.Parameter? {
        skipWhitespace()
        guard let name = scanToken() else { return nil }
        skipWhitespace()
        guard skip("=") else { return ExtensionOffer.Parameter(name: name, value: nil) }
        skipWhitespace()
        // A quoted value must be a token once unquoted (RFC 6455 §9.1).
        guard let value = skip("\"") ? scanQuoted() : scanToken(), HandshakeSyntax.isToken(value) else { return nil }
        return ExtensionOffer.Parameter(name: name, value: value)
    }

    private mutating func scanToken() -> String? {
        let start = index
        while index < bytes.count, HandshakeSyntax.isTokenByte(bytes[index]) {
            index += 1
        }
        return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    /// Reads to the closing quote; the opening one has been read.
    private mutating func scanQuoted() -> String? {
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard index < bytes.count else { return nil }
                text.append(bytes[index])
                index += 1
            default:
                text.append(byte)
            }
        }
        return nil
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipWhitespace() {
        while index < bytes.count, HandshakeSyntax.isWhitespace(bytes[index]) {
            index += 1
        }
    }
}
