// SPDX-License-Identifier: Apache-2.0

/// Why a text is not base64, and where.
package struct Base64Error: Error, Equatable {
    private enum Code: Equatable {
        case badCharacter(UInt8)
        case badPadding
        case badLength
    }

    private let code: Code
    /// Index of the character at which the fault was seen.
    package let offset: Int

    private init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    /// A character of neither alphabet.
    static func badCharacter(_ byte: UInt8, at offset: Int) -> Self { Self(.badCharacter(byte), at: offset) }
    /// An `=` too many or too few, or something after it.
    static func badPadding(at offset: Int) -> Self { Self(.badPadding, at: offset) }
    /// One character is left over, which makes no byte.
    static func badLength(at offset: Int) -> Self { Self(.badLength, at: offset) }
}

extension Base64Error: CustomStringConvertible {
    /// What is wrong and where, in at most 80 bytes.
    package var description: String {
        switch code {
        case .badCharacter(let byte): "character 0x\(String(byte, radix: 16)) at \(offset) is not of base64"
        case .badPadding: "wrong padding at character \(offset)"
        case .badLength: "one character too many or too few at \(offset)"
        }
    }
}
