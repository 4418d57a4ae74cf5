// SPDX-License-Identifier: Apache-2.0

package import Dialects

extension JSONValue {
    /// The member of an object; nil when there is none, or this is no object.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The values of an array; none when this is no array.
    package var elements: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }

    /// A string, a number or a flag as text; platforms send ids and codes as either.
    package var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .flag(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
