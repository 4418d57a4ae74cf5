// SPDX-License-Identifier: Apache-2.0

/// Puts environment variables into a value: `${NAME}`, `${NAME:-default}`, and `$$` for a dollar sign.
///
/// What a variable holds is taken as it is and not looked at again. A default ends at the first `}`.
package enum Interpolation {
    /// Why a value cannot be completed; the texts name variables, never what they hold.
    package enum Fault: Error, Equatable {
        /// A `$` that is followed by neither `{` nor `$`.
        case loneDollar
        /// A `${` without `}`.
        case unclosed
        /// What stands between the braces is no name of a variable.
        case badName
        /// The variable is not set and there is no default.
        case missing(name: String)

        /// What is wrong; what to do.
        var message: String {
            switch self {
            case .loneDollar: "has a `$` that names no variable; write `${NAME}`, or `$$` for a dollar sign"
            case .unclosed: "has a `${` without `}`; close it, or write `$${` for the two characters"
            case .badName:
                "has a `${…}` that names no variable; a name is letters, digits and `_`, optionally `:-` and a default"
            case .missing(let name):
                "the environment variable \(ShownText.quoted(name)) is not set; set it or write "
                    + "`${\(ShownText.bounded(name)):-default}`"
            }
        }
    }

    /// `text` with its variables filled in.
    package static func fill(_ text: String, from environment: [String: String]) throws(Fault) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var filled = ""
        var rest = text[...]
        while let dollar = rest.unicodeScalars.firstIndex(of: "$") {
            filled += rest[..<dollar]
            rest = rest[rest.unicodeScalars.index(after: dollar)...]
            switch rest.unicodeScalars.first {
            case "$":
                filled += "$"
                rest = Substring(rest.unicodeScalars.dropFirst())
            case "{":
                guard let end = rest.unicodeScalars.firstIndex(of: "}") else { throw .unclosed }
                let inner = Substring(rest.unicodeScalars[..<end].dropFirst())
                filled += try value(of: String(inner), from: environment)
                rest = Substring(rest.unicodeScalars[end...].dropFirst())
            default:
                throw .loneDollar
            }
        }
        return filled + rest
    }

    /// `text` with every dollar sign doubled, so that ``fill(_:from:)`` gives it back.
    package static func escape(_ text: String) -> String {
        String(text.unicodeScalars.flatMap { $0 == "$" ? [$0, $0] : [$0] }.map(Character.init))
    }

    private static func value(of inner: String, from environment: [String: String]) throws(Fault) -> String {
        let separator = inner.firstRange(of: ":-")
        let name = String(inner[..<(separator?.lowerBound ?? inner.endIndex)])
        guard isName(name) else { throw .badName }
        let value = environment[name]
        guard let separator else {
            guard let value else { throw .missing(name: name) }
            return value
        }
        if let value, !value.isEmpty { return value }
        return String(inner[separator.upperBound...])
    }

    /// Whether `name` can be the name of an environment variable.
    package static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
        }
    }
}
