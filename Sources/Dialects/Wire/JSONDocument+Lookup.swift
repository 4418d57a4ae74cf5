// SPDX-License-Identifier: Apache-2.0

extension JSONDocument {
    /// The kind of a value.
    package func kind(at place: JSONPlace) -> JSONKind { nodes[place.index].kind }

    /// The bytes of a value as they stand in the text; those of a string without its quotes.
    package func bytes(at place: JSONPlace) -> Range<Int> {
        let node = nodes[place.index]
        let quote = node.kind == .string ? 1 : 0
        return Int(node.start) + quote..<Int(node.end) - quote
    }

    /// Whether a string holds escapes, so that its contents are not what its bytes say.
    package func hasEscapes(at place: JSONPlace) -> Bool { nodes[place.index].hasEscapes }

    /// The last member of an object with this name; nil when there is none or the value is no object.
    package func member(_ name: String, of place: JSONPlace, in text: Span<UInt8>) -> JSONPlace? {
        find(name, of: place, in: text, takesCamelCase: false)
    }

    /// The last member of an object with this name in snake_case, or with the same name in camelCase.
    ///
    /// The name is given in snake_case: `stream_sid` also finds `streamSid`.
    package func field(_ name: String, of place: JSONPlace, in text: Span<UInt8>) -> JSONPlace? {
        find(name, of: place, in: text, takesCamelCase: true)
    }

    /// The first value inside of a container.
    package func firstChild(of place: JSONPlace) -> JSONPlace? {
        let node = nodes[place.index]
        guard node.kind.closer != 0, Int(node.next) > place.index + 1 else { return nil }
        return JSONPlace(index: place.index + 1)
    }

    /// The value after `place` inside of `container`.
    package func sibling(after place: JSONPlace, of container: JSONPlace) -> JSONPlace? {
        let next = nodes[place.index].next
        return next < nodes[container.index].next ? JSONPlace(index: Int(next)) : nil
    }

    private func find(
        _ name: String,
        of place: JSONPlace,
        in text: Span<UInt8>,
        takesCamelCase: Bool
    ) -> JSONPlace? {
        let nodes = nodes.span
        guard nodes[place.index].kind == .object else { return nil }
        let name = name.utf8Span.span
        let end = Int(nodes[place.index].next)
        var index = place.index + 1
        var found: JSONPlace?
        while index < end {
            let node = nodes[index]
            let isMatch =
                if node.nameHasEscapes {
                    matches(name, unescaped(Int(node.nameStart)..<Int(node.nameEnd), in: text).span, takesCamelCase)
                } else {
                    matches(name, text.extracting(Int(node.nameStart)..<Int(node.nameEnd)), takesCamelCase)
                }
            if isMatch { found = JSONPlace(index: index) }
            index = Int(node.next)
        }
        return found
    }

    /// Whether a key is `name`, or, where that is allowed, `name` with `_x` written as `X`.
    private func matches(_ name: Span<UInt8>, _ key: Span<UInt8>, _ takesCamelCase: Bool) -> Bool {
        guard key.count <= name.count else { return false }
        guard takesCamelCase || key.count == name.count else { return false }
        var nameIndex = 0
        for keyIndex in 0..<key.count {
            guard nameIndex < name.count else { return false }
            var wanted = name[nameIndex]
            if takesCamelCase, wanted == ASCII.underscore, key[keyIndex] != wanted, nameIndex + 1 < name.count {
                nameIndex += 1
                wanted = ASCII.uppercased(name[nameIndex])
            }
            guard key[keyIndex] == wanted else { return false }
            nameIndex += 1
        }
        return nameIndex == name.count
    }
}
