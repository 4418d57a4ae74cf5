// SPDX-License-Identifier: Apache-2.0

/// Text with variables in it: `Welcome to {{clinic}}`.
///
/// Between the braces stands a variable's name, and after it, in this order, what is wanted of it: `or "TEXT"` for an empty
/// one, `plus N` or `minus N` for a whole number (of anything else, 0), and `as digits` so that a synthesizer says one
/// character after the other.
package struct FlowText: Sendable, Equatable {
    /// A piece of the text.
    enum Part: Sendable, Equatable {
        case text(String)
        case variable(Reference)
    }

    /// A variable and what is wanted of it.
    struct Reference: Sendable, Equatable {
        var name: String
        var fallback: String?
        var addend: Int?
        var spelled = false
    }

    /// What a variable's value must not break.
    package enum Escaping: Sendable {
        /// Nothing: speech.
        case none
        /// A part of a URL: all but RFC 3986's unreserved characters are percent-encoded.
        case url
        /// A header field's value: visible ASCII and spaces stay (RFC 9110 §5.5).
        case header
    }

    let parts: [Part]

    /// Text that holds no variables, braces included.
    package init(constant text: String) { parts = text.isEmpty ? [] : [.text(text)] }

    init(parts: [Part]) { self.parts = parts }

    /// The text itself when no variable is in it.
    package var constant: String? {
        switch parts.count {
        case 0: return ""
        case 1:
            guard case .text(let text) = parts[0] else { return nil }
            return text
        default: return nil
        }
    }

    /// The variables in it, in order.
    package var variables: [String] {
        parts.compactMap { part in
            guard case .variable(let reference) = part else { return nil }
            return reference.name
        }
    }

    /// What stands before the first variable.
    var constantPrefix: String {
        guard case .text(let text)? = parts.first else { return "" }
        return text
    }

    /// Longest text with its variables filled in, in bytes; what comes after the part that exceeds it is left out.
    package static let maximumFilledBytes = 65_536

    /// The text with its variables filled in; one that holds nothing gives nothing.
    package func filled(_ variables: [String: String], escaping: Escaping = .none) -> String {
        var filled = ""
        for part in parts where filled.utf8.count <= Self.maximumFilledBytes {
            switch part {
            case .text(let text): filled += text
            case .variable(let reference): filled += escaping.escape(reference.value(in: variables))
            }
        }
        return filled
    }

    /// The text as people see it in a picture: variables in angle quotes, nothing filled in.
    package var outline: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .variable(let reference): "‹\(reference.name)›"
            }
        }.joined()
    }
}

extension FlowText.Reference {
    /// What is put in its place.
    func value(in variables: [String: String]) -> String {
        var value = variables[name] ?? ""
        if value.isEmpty, let fallback { value = fallback }
        if let addend { value = "\((Int(value) ?? 0).addingReportingOverflow(addend).partialValue)" }
        if spelled { value = value.map(String.init).joined(separator: " ") }
        return value
    }
}

extension FlowText.Escaping {
    /// A value that breaks nothing.
    func escape(_ value: String) -> String {
        switch self {
        case .none: return value
        case .header:
            return String(String.UnicodeScalarView(value.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }))
        case .url:
            return value.utf8.map { byte in
                let character = Unicode.Scalar(byte)
                switch character {
                case "A"..."Z", "a"..."z", "0"..."9", "-", ".", "_", "~": return String(character)
                default:
                    let hexadecimal = String(byte, radix: 16, uppercase: true)
                    return byte < 16 ? "%0\(hexadecimal)" : "%\(hexadecimal)"
                }
            }.joined()
        }
    }
}
