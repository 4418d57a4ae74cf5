// SPDX-License-Identifier: Apache-2.0

import Dialects

extension JSONValue {
    /// The member of an object; nil when there is none.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The values of an array; empty for anything else.
    var elements: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }

    /// The text of a string; nil for anything else.
    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A whole number; nil for anything else.
    var wholeNumber: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }
}
