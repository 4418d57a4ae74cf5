// SPDX-License-Identifier: Apache-2.0

/// The kinds of JSON values.
package enum JSONKind: UInt8, Sendable {
    case null
    case `false`
    case `true`
    case number
    case string
    case array
    case object

    /// The byte that ends a container; zero for a scalar, which no text holds outside of a string.
    var closer: UInt8 {
        switch self {
        case .array: ASCII.closeBracket
        case .object: ASCII.closeBrace
        default: 0
        }
    }
}

/// One value of a ``JSONDocument``: where it stands in the text, and where the value after it is laid.
struct JSONNode: Sendable {
    /// In place of an index where there is no node.
    static let none: Int32 = -1

    /// The kind of value.
    var kind = JSONKind.null
    /// Whether a string's contents hold escapes.
    var hasEscapes = false
    /// Whether the name holds escapes.
    var nameHasEscapes = false
    /// The first byte of the name without its quote; meaningless outside of an object.
    var nameStart: Int32 = 0
    /// One past the last byte of the name.
    var nameEnd: Int32 = 0
    /// The first byte of the value, with a string's quote.
    var start: Int32 = 0
    /// One past the value's last byte.
    var end: Int32 = 0
    /// Index of the next node that is not inside of this one; of the container around while this one is open.
    var next: Int32 = 0
}

/// The place of one value in a ``JSONDocument``, good until its next parse.
package struct JSONPlace: Sendable, Equatable {
    let index: Int
}
