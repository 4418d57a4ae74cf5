// SPDX-License-Identifier: Apache-2.0

/// One JSON text, checked in one pass and laid out flat, so that any key can be found in any order without a tree.
///
/// Made to be kept and used again: after the first messages a parse allocates nothing. The text itself is not kept;
/// each look-up takes the same bytes again. Of a key that stands twice in one object the last one counts.
package struct JSONDocument: Sendable {
    /// What the places point into: each value, followed by the values inside of it.
    private(set) var nodes: [JSONNode] = []
    private let maximumDepth: Int
    private let maximumValues: Int

    /// How many arrays and objects may lie inside each other unless said otherwise.
    package static let usualDepth = 32
    /// Room for values that is kept between messages; what a larger message took is given back.
    private static let keptValues = 1_024

    /// An empty document.
    ///
    /// - Parameters:
    ///   - maximumDepth: how many arrays and objects may lie inside each other.
    ///   - maximumValues: how many values one text may hold; a value takes 24 bytes while the document stands.
    package init(maximumDepth: Int = usualDepth, maximumValues: Int = 65_536) {
        self.maximumDepth = maximumDepth
        self.maximumValues = maximumValues
    }

    /// The text's own value, after a parse that did not throw.
    package var root: JSONPlace { JSONPlace(index: 0) }

    /// Reads a text in place of the one before: one JSON value with white space around it, in UTF-8.
    ///
    /// A byte order mark is refused (RFC 8259 §8.1).
    package mutating func parse(_ text: Span<UInt8>) throws(JSONSyntaxError) {
        if nodes.capacity > Self.keptValues { nodes = [] }
        nodes.removeAll(keepingCapacity: true)
        guard text.count < Int(Int32.max) else { throw .tooLong }
        var scanner = JSONScanner()
        var container = JSONNode.none
        var depth = 0
        while true {
            let isOpened = try appendValue(&scanner, text, &container, &depth)
            if isOpened { continue }
            guard try closeContainers(&scanner, text, &container, &depth) else { return }
        }
    }

    /// Appends the next value, with its name inside an object; true when it is a container with something in it.
    private mutating func appendValue(
        _ scanner: inout JSONScanner,
        _ text: Span<UInt8>,
        _ container: inout Int32,
        _ depth: inout Int
    ) throws(JSONSyntaxError) -> Bool {
        scanner.skipWhitespace(in: text)
        var node = JSONNode()
        if container >= 0, nodes[Int(container)].kind == .object {
            node.nameStart = Int32(truncatingIfNeeded: scanner.offset + 1)
            node.nameHasEscapes = try scanner.skipString(in: text)
            node.nameEnd = Int32(truncatingIfNeeded: scanner.offset - 1)
            scanner.skipWhitespace(in: text)
            try scanner.expect(ASCII.colon, in: text)
            scanner.skipWhitespace(in: text)
        }
        guard nodes.count < maximumValues else {
            throw .tooManyValues(limit: maximumValues, at: scanner.offset)
        }
        node.start = Int32(truncatingIfNeeded: scanner.offset)
        guard let first = scanner.peek(in: text) else { throw .endOfText(at: scanner.offset) }
        switch first {
        case ASCII.quote:
            node.kind = .string
            node.hasEscapes = try scanner.skipString(in: text)
        case ASCII.openBrace, ASCII.openBracket:
            node.kind = first == ASCII.openBrace ? .object : .array
            guard depth < maximumDepth else { throw .tooDeep(limit: maximumDepth, at: scanner.offset) }
            scanner.offset += 1
            scanner.skipWhitespace(in: text)
            if scanner.peek(in: text) != node.kind.closer {
                node.next = container
                container = Int32(truncatingIfNeeded: nodes.count)
                nodes.append(node)
                depth += 1
                return true
            }
            scanner.offset += 1
        case ASCII.minus, ASCII.zero...ASCII.nine:
            node.kind = .number
            try scanner.skipNumber(in: text)
        case UInt8(ascii: "t"):
            node.kind = .true
            try scanner.skipWord("true", in: text)
        case UInt8(ascii: "f"):
            node.kind = .false
            try scanner.skipWord("false", in: text)
        case UInt8(ascii: "n"): try scanner.skipWord("null", in: text)
        default: throw .unexpected(first, at: scanner.offset)
        }
        node.end = Int32(truncatingIfNeeded: scanner.offset)
        node.next = Int32(truncatingIfNeeded: nodes.count + 1)
        nodes.append(node)
        return false
    }

    /// After a value: moves over closing brackets up to a comma; false when the text is complete.
    private mutating func closeContainers(
        _ scanner: inout JSONScanner,
        _ text: Span<UInt8>,
        _ container: inout Int32,
        _ depth: inout Int
    ) throws(JSONSyntaxError) -> Bool {
        while container >= 0 {
            scanner.skipWhitespace(in: text)
            guard let byte = scanner.peek(in: text) else { throw .endOfText(at: scanner.offset) }
            let index = Int(container)
            if byte == ASCII.comma {
                scanner.offset += 1
                return true
            }
            guard byte == nodes[index].kind.closer else { throw .unexpected(byte, at: scanner.offset) }
            scanner.offset += 1
            depth -= 1
            container = nodes[index].next
            nodes[index].next = Int32(truncatingIfNeeded: nodes.count)
            nodes[index].end = Int32(truncatingIfNeeded: scanner.offset)
        }
        scanner.skipWhitespace(in: text)
        guard scanner.offset == text.count else { throw .trailingText(at: scanner.offset) }
        return false
    }
}
