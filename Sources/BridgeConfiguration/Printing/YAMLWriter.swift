// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

/// Writes block mappings and lists, so that the reader of this target gives back what was written.
struct YAMLWriter {
    /// What was written so far.
    private(set) var text = ""
    private var depth = 0
    private var isAtListEntry = false

    /// A key with a value that needs no quotes, such as a number or a word of ours.
    mutating func plain(_ key: String, _ value: some CustomStringConvertible) {
        line("\(Self.scalar(key)): \(value)")
    }

    /// A key with any text.
    mutating func string(_ key: String, _ value: String) {
        line("\(Self.scalar(key)): \(Self.value(value))")
    }

    /// A key with a list of texts.
    mutating func strings(_ key: String, _ values: [String]) {
        guard !values.isEmpty else { return plain(key, "[]") }
        line("\(Self.scalar(key)):")
        depth += 1
        for value in values { line("- \(Self.value(value))") }
        depth -= 1
    }

    /// A key with settings below it; `{}` when there are none.
    mutating func mapping(_ key: String, _ body: (inout YAMLWriter) -> Void) {
        var inner = YAMLWriter()
        inner.depth = depth + 1
        body(&inner)
        guard !inner.text.isEmpty else { return plain(key, "{}") }
        line("\(Self.scalar(key)):")
        text += inner.text
    }

    /// An entry of a list with settings in it; it must write at least one.
    mutating func entry(_ body: (inout YAMLWriter) -> Void) {
        depth += 1
        isAtListEntry = true
        body(&self)
        isAtListEntry = false
        depth -= 1
    }

    private mutating func line(_ content: String) {
        let dash = isAtListEntry ? 1 : 0
        text += String(repeating: "  ", count: depth - dash) + (dash == 1 ? "- " : "") + content + "\n"
        isAtListEntry = false
    }

    /// A text as a value: dollar signs doubled, so that none names a variable.
    private static func value(_ text: String) -> String { scalar(Interpolation.escape(text)) }

    /// A text as YAML: as it is where that is safe, in double quotes with escapes elsewhere.
    static func scalar(_ text: String) -> String {
        let isSafe =
            text.utf8.first.map(isWordByte) == true && text.utf8.last != UInt8(ascii: ":")
            && text.utf8.allSatisfy { isWordByte($0) || "/.-:+@".utf8.contains($0) }
            && !["null", "true", "false", "yes", "no", "on", "off"].contains(text.lowercased())
        guard !isSafe else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\u{20}"..."\u{7E}", "\u{A1}"..."\u{2027}", "\u{2030}"..."\u{D7FF}", "\u{F900}"..."\u{FEFE}":
                quoted.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return quoted + "\""
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/")
    }
}
