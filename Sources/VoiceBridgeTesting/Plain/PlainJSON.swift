// SPDX-License-Identifier: Apache-2.0

/// A JSON value that keeps the order of its keys, and numbers as written (RFC 8259).
///
/// The wire fixes key order, so the simulator needs a reader that sees it; and its report should come out in the order
/// it was put in.
public enum PlainJSON: Sendable, Equatable {
    /// One key with its value.
    public struct Member: Sendable, Equatable {
        /// The key, unescaped.
        public let key: String
        /// The value.
        public let value: PlainJSON

        /// A member.
        public init(_ key: String, _ value: PlainJSON) {
            self.key = key
            self.value = value
        }
    }

    /// A string, unescaped.
    case string(String)
    /// A number as it was written.
    case number(String)
    /// `true` or `false`.
    case bool(Bool)
    /// `null`.
    case null
    /// An array.
    case array([PlainJSON])
    /// An object, its members in order; a repeated key stays repeated.
    case object([Member])

    /// A whole number.
    public static func integer(_ value: some BinaryInteger) -> PlainJSON { .number(String(value)) }

    /// The string, if this is one.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The members, if this is an object.
    public var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements, if this is an array.
    public var elements: [PlainJSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The value of the first member of that name, if this is an object and has one.
    public subscript(key: String) -> PlainJSON? {
        members?.first { $0.key == key }?.value
    }
}
