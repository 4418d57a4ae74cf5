// SPDX-License-Identifier: Apache-2.0

/// Header fields, in order; names are compared without regard to case (RFC 9110 §5.1).
package struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
    /// All of them, in order.
    package private(set) var all: [(name: String, value: String)] = []

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        all = elements.map { (name: $0.0, value: $0.1) }
    }

    /// The first field of this name; setting replaces all of the name, nil removes them.
    package subscript(name: String) -> String? {
        get {
            let wanted = name.lowercased()
            return all.first { $0.name.lowercased() == wanted }?.value
        }
        set {
            let wanted = name.lowercased()
            all.removeAll { $0.name.lowercased() == wanted }
            if let newValue { all.append((name, newValue)) }
        }
    }

    /// Adds a field behind those there are.
    package mutating func append(_ name: String, _ value: String) { all.append((name, value)) }
}
