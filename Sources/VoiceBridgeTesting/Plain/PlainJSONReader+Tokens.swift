// SPDX-License-Identifier: Apache-2.0

extension PlainJSONReader {
    mutating func readString() throws(Fault) -> String {
        guard peek == UInt8(ascii: "\"") else { throw fault("no string where one belongs") }
        index += 1
        var text: [UInt8] = []
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw fault("not UTF-8") }
                return string
            case UInt8(ascii: "\\"): text.append(contentsOf: try readEscape())
            case 0..<0x20: throw fault("bare control character")
            default: text.append(byte)
            }
        }
        throw fault("string not closed")
    }

    private mutating func readEscape() throws(Fault) -> [UInt8] {
        guard let byte = peek else { throw fault("escape without an end") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try readUnicodeEscape()
        default: throw fault("unknown escape")
        }
    }

    private mutating func readUnicodeEscape() throws(Fault) -> [UInt8] {
        var units = [try readHexadecimal()]
        if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: [0x5C, 0x75]) {
            index += 2
            units.append(try readHexadecimal())
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw fault("lone surrogate") }
        return Array(text.utf8)
    }

    private mutating func readHexadecimal() throws(Fault) -> UInt16 {
        guard index + 4 <= bytes.count,
            bytes[index..<index + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw fault("no four hexadecimal digits") }
        index += 4
        return unit
    }

    mutating func readNumber() throws(Fault) -> String {
        let start = index
        if peek == UInt8(ascii: "-") { index += 1 }
        let whole = skipDigits()
        guard whole == 1 || whole > 1 && bytes[index - whole] != UInt8(ascii: "0") else { throw fault("no value") }
        if peek == UInt8(ascii: ".") {
            index += 1
            guard skipDigits() > 0 else { throw fault("no digit behind the point") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            index += 1
            if peek == UInt8(ascii: "-") || peek == UInt8(ascii: "+") { index += 1 }
            guard skipDigits() > 0 else { throw fault("no digit in the exponent") }
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func skipDigits() -> Int {
        let start = index
        while let byte = peek, (0x30...0x39).contains(byte) { index += 1 }
        return index - start
    }
}
