// SPDX-License-Identifier: Apache-2.0

/// A JSON value as a tree, for messages that come once in a call and for tests.
package enum JSONValue: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case flag(Bool)
    /// A number as it was written, so that no digit is lost.
    case number(String)
    /// A string with its escapes resolved.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Values by name; of a name that stood twice, the last.
    case object([String: JSONValue])
}

extension JSONDocument {
    /// Reads a whole text, one JSON value in UTF-8, into a tree.
    package static func parse(_ text: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var document = JSONDocument()
        let text = text.span
        try document.parse(text)
        return document.value(at: document.root, in: text)
    }

    /// The value at a place as a tree.
    package func value(at place: JSONPlace, in text: Span<UInt8>) -> JSONValue {
        switch kind(at: place) {
        case .null: return .null
        case .false: return .flag(false)
        case .true: return .flag(true)
        case .number: return .number(self.text(at: place, in: text) ?? "")
        case .string: return .string(self.text(at: place, in: text) ?? "")
        case .array:
            var values: [JSONValue] = []
            var child = firstChild(of: place)
            while let current = child {
                values.append(value(at: current, in: text))
                child = sibling(after: current, of: place)
            }
            return .array(values)
        case .object:
            var members: [String: JSONValue] = [:]
            var child = firstChild(of: place)
            while let current = child {
                members[name(at: current, in: text) ?? ""] = value(at: current, in: text)
                child = sibling(after: current, of: place)
            }
            return .object(members)
        }
    }
}
