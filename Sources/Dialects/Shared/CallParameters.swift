// SPDX-License-Identifier: Apache-2.0

import CallModel

/// What came along with a call, as text by name, held within bounds.
///
/// Of two values under one name the first stays: add what matters most first.
struct CallParameters {
    /// The most parameters of one call; further ones are dropped.
    static let maximumCount = 64
    /// The longest name in bytes; a longer one is cut.
    static let maximumNameBytes = 128
    /// The longest value in bytes, enough for long instructions; a longer one is cut.
    static let maximumValueBytes = 32_768

    /// The values by name.
    private(set) var values: [String: String] = [:]

    /// Adds a value unless its name is taken.
    mutating func add(_ name: String, _ value: String?) {
        let name = name.prefixed(toBytes: Self.maximumNameBytes)
        guard let value, values[name] == nil, values.count < Self.maximumCount else { return }
        values[name] = value.prefixed(toBytes: Self.maximumValueBytes)
    }

    /// Adds a JSON value as text.
    ///
    /// A string or number as it is, `true` or `false`, an array as its JSON; the members of an object one by one, as
    /// `name.member` where `name` is not empty. A null is left out.
    mutating func add(_ name: String, at place: JSONPlace, of document: JSONDocument, in text: Span<UInt8>) {
        switch document.kind(at: place) {
        case .null: return
        case .true: add(name, "true")
        case .false: add(name, "false")
        case .number, .string: add(name, document.text(at: place, in: text))
        case .array: add(name, document.source(at: place, in: text))
        case .object:
            // Cut before it is put before each member's name, or a long name would cost its length once for each.
            let name = name.prefixed(toBytes: Self.maximumNameBytes)
            var child = document.firstChild(of: place)
            while let current = child, values.count < Self.maximumCount {
                let member = document.name(at: current, in: text) ?? ""
                add(name.isEmpty ? member : "\(name).\(member)", at: current, of: document, in: text)
                child = document.sibling(after: current, of: place)
            }
        }
    }
}
