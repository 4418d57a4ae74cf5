// SPDX-License-Identifier: Apache-2.0

extension JSONDocument {
    /// The contents of a string whose text the parse has checked, with its escapes resolved.
    package func unescaped(_ range: Range<Int>, in text: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        unescape(range, in: text, into: &bytes)
        return bytes
    }

    /// Appends the contents of a string whose text the parse has checked, with its escapes resolved.
    package func unescape(_ range: Range<Int>, in text: Span<UInt8>, into bytes: inout [UInt8]) {
        var scanner = JSONScanner(offset: range.lowerBound)
        while scanner.offset < range.upperBound {
            let byte = text[scanner.offset]
            guard byte == ASCII.backslash, scanner.offset + 1 < range.upperBound else {
                bytes.append(byte)
                scanner.offset += 1
                continue
            }
            let letter = text[scanner.offset + 1]
            guard letter == UInt8(ascii: "u") else {
                bytes.append(Self.character(escapedAs: letter))
                scanner.offset += 2
                continue
            }
            guard var unit = try? scanner.codeUnit(in: text) else { return }
            if unit & 0xFC00 == 0xD800, let low = try? scanner.codeUnit(in: text) {
                unit = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
            }
            guard let scalar = Unicode.Scalar(unit) else { return }
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    private static func character(escapedAs letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): ASCII.formFeed
        case UInt8(ascii: "n"): ASCII.lineFeed
        case UInt8(ascii: "r"): ASCII.carriageReturn
        case UInt8(ascii: "t"): ASCII.tab
        default: letter
        }
    }
}
