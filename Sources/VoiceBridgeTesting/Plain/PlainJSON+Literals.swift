// SPDX-License-Identifier: Apache-2.0

// A message reads in the source as it does on the wire, its keys in order.
extension PlainJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral text: String) { self = .string(text) }

    /// A whole number.
    public init(integerLiteral number: Int) { self = .integer(number) }

    /// An array.
    public init(arrayLiteral elements: PlainJSON...) { self = .array(elements) }

    /// An object whose keys stand in this order.
    public init(dictionaryLiteral members: (String, PlainJSON)...) {
        self = .object(members.map { Member($0.0, $0.1) })
    }
}
