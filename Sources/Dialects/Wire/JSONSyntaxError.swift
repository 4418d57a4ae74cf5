// SPDX-License-Identifier: Apache-2.0

/// Why a text is not JSON (RFC 8259), or is more of it than a message may hold, and where.
package struct JSONSyntaxError: Error, Equatable {
    /// The kinds of fault; a private code, so that more can be told apart later.
    private enum Code: Equatable {
        case endOfText
        case unexpectedByte(UInt8)
        case controlCharacter
        case badEscape
        case loneSurrogate
        case badUTF8
        case badNumber
        case trailingText
        case tooDeep(Int)
        case tooManyValues(Int)
        case tooLong
    }

    private let code: Code
    /// Index of the byte at which the fault was seen.
    package let offset: Int

    private init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    /// The text ends in the middle of a value.
    static func endOfText(at offset: Int) -> Self { Self(.endOfText, at: offset) }
    /// A byte that cannot stand there.
    static func unexpected(_ byte: UInt8, at offset: Int) -> Self { Self(.unexpectedByte(byte), at: offset) }
    /// A bare control character in a string.
    static func controlCharacter(at offset: Int) -> Self { Self(.controlCharacter, at: offset) }
    /// A backslash followed by what is no escape.
    static func badEscape(at offset: Int) -> Self { Self(.badEscape, at: offset) }
    /// Half of a surrogate pair.
    static func loneSurrogate(at offset: Int) -> Self { Self(.loneSurrogate, at: offset) }
    /// Bytes that are not UTF-8.
    static func badUTF8(at offset: Int) -> Self { Self(.badUTF8, at: offset) }
    /// A number outside of the grammar, such as `01` or `1.`.
    static func badNumber(at offset: Int) -> Self { Self(.badNumber, at: offset) }
    /// Something after the value.
    static func trailingText(at offset: Int) -> Self { Self(.trailingText, at: offset) }
    /// More arrays and objects inside each other than allowed.
    static func tooDeep(limit: Int, at offset: Int) -> Self { Self(.tooDeep(limit), at: offset) }
    /// More values in one text than allowed.
    static func tooManyValues(limit: Int, at offset: Int) -> Self { Self(.tooManyValues(limit), at: offset) }
    /// A text of 2 GiB or more.
    static var tooLong: Self { Self(.tooLong, at: 0) }
}

extension JSONSyntaxError: CustomStringConvertible {
    /// What is wrong and where, in at most 80 bytes, without a word of the text itself.
    package var description: String {
        let what =
            switch code {
            case .endOfText: "the text ends too early"
            case .unexpectedByte(let byte): "unexpected byte 0x" + String(byte, radix: 16)
            case .controlCharacter: "bare control character in a string"
            case .badEscape: "bad escape in a string"
            case .loneSurrogate: "half a surrogate pair in a string"
            case .badUTF8: "bytes that are not UTF-8"
            case .badNumber: "malformed number"
            case .trailingText: "text after the value"
            case .tooDeep(let limit): "nested deeper than \(limit)"
            case .tooManyValues(let limit): "more than \(limit) values"
            case .tooLong: "longer than 2 GiB"
            }
        return "\(what) at byte \(offset)"
    }
}
