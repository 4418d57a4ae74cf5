// SPDX-License-Identifier: Apache-2.0

/// Header fields in their order, found by name without regard to case (RFC 9110 §5).
package struct HandshakeHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// One field as on the wire.
    package struct Field: Sendable, Equatable {
        /// The name, in the case it came or goes.
        package var name: String
        /// The value without surrounding white space.
        package var value: String

        /// Makes a field; white space around the value is dropped.
        package init(name: String, value: String) {
            self.name = name
            self.value = HandshakeSyntax.trimmed(value)
        }
    }

    /// The fields in their order.
    package private(set) var fields: [Field] = []

    /// No fields.
    package init() {}

    /// Takes name and value pairs in their order.
    package init(_ pairs: some Sequence<(name: String, value: String)>) {
        fields = pairs.map { Field(name: $0.name, value: $0.value) }
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// Appends a field.
    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// The values of all fields called `name`, in their order.
    package func values(_ name: String) -> [String] {
        fields.lazy.filter { HandshakeSyntax.equalIgnoringCase($0.name, name) }.map(\.value)
    }

    /// The value of the fields called `name`, joined by commas when there are several (RFC 9110 §5.3); `nil` if none.
    package subscript(_ name: String) -> String? {
        let values = values(name)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Whether the comma-separated list in the fields called `name` has `token`, without regard to case.
    package func contains(_ name: String, token: String) -> Bool {
        elements(name).contains { HandshakeSyntax.equalIgnoringCase($0, token) }
    }

    /// Whether the comma-separated list in the fields called `name` has `token` to the letter.
    package func containsExactly(_ name: String, token: String) -> Bool {
        elements(name).contains(token)
    }

    /// The elements of the comma-separated list in the fields called `name`; empty ones are left out (RFC 9110 §5.6.1).
    package func elements(_ name: String) -> [String] {
        values(name).flatMap { value in
            value.split(separator: ",").map { HandshakeSyntax.trimmed(String($0)) }.filter { !$0.isEmpty }
        }
    }
}
