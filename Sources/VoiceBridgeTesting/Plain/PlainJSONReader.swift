// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON text, strictly, and tells whether it was compact.
struct PlainJSONReader {
    /// What is wrong, and at which byte.
    struct Fault: Error, Equatable {
        let problem: String
        let offset: Int
    }

    /// Whether white space stood between the tokens.
    private(set) var sawWhitespace = false
    let bytes: [UInt8]
    var index = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The whole text as one value; nothing may follow it.
    mutating func read() throws(Fault) -> PlainJSON {
        let value = try readValue()
        skipWhitespace()
        guard index == bytes.count else { throw fault("text behind the value") }
        return value
    }

    private mutating func readValue() throws(Fault) -> PlainJSON {
        skipWhitespace()
        switch peek {
        case UInt8(ascii: "{"): return try nested { reader throws(Fault) in try reader.readObject() }
        case UInt8(ascii: "["): return try nested { reader throws(Fault) in try reader.readArray() }
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return .number(try readNumber())
        }
    }

    private mutating func nested(
        _ read: (inout PlainJSONReader) throws(Fault) -> PlainJSON
    ) throws(Fault) -> PlainJSON {
        guard depth < 32 else { throw fault("nesting beyond 32") }
        depth += 1
        index += 1
        defer { depth -= 1 }
        return try read(&self)
    }

    private mutating func readObject() throws(Fault) -> PlainJSON {
        var members: [PlainJSON.Member] = []
        if take("}") { return .object(members) }
        repeat {
            skipWhitespace()
            let key = try readString()
            guard take(":") else { throw fault("no colon behind a key") }
            members.append(PlainJSON.Member(key, try readValue()))
        } while take(",")
        guard take("}") else { throw fault("object not closed") }
        return .object(members)
    }

    private mutating func readArray() throws(Fault) -> PlainJSON {
        var elements: [PlainJSON] = []
        if take("]") { return .array(elements) }
        repeat { elements.append(try readValue()) } while take(",")
        guard take("]") else { throw fault("array not closed") }
        return .array(elements)
    }

    private mutating func readWord(_ word: String, _ value: PlainJSON) throws(Fault) -> PlainJSON {
        guard bytes[index...].starts(with: word.utf8) else { throw fault("unknown word") }
        index += word.utf8.count
        return value
    }

    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipWhitespace()
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            sawWhitespace = true
            index += 1
        }
    }

    func fault(_ problem: String) -> Fault { Fault(problem: problem, offset: index) }
}
