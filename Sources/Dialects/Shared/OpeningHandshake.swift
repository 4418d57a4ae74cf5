// SPDX-License-Identifier: Apache-2.0

/// What a platform said in the request that opened the socket, for dialects that say there what others say in `start`.
package struct OpeningHandshake: Sendable, Equatable {
    /// The path, as sent.
    package var path: String
    /// The names and values of the query in their order, with `%XX` and `+` undone.
    package private(set) var parameters: [(name: String, value: String)]
    private var fields: [(name: String, value: String)]

    /// What was said.
    ///
    /// - Parameters:
    ///   - path: the path, as sent.
    ///   - query: what follows its `?`, if anything does.
    ///   - headers: header fields in their order, as sent.
    package init(path: String = "", query: String? = nil, headers: [(name: String, value: String)] = []) {
        self.path = path
        fields = headers.map { ($0.name.lowercased(), $0.value) }
        parameters = (query ?? "").split(separator: "&").prefix(CallParameters.maximumCount).map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count == 2 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The value of the first header field of this name, small and capital letters alike.
    package func header(_ name: String) -> String? {
        let name = name.lowercased()
        return fields.first { $0.name == name }?.value
    }

    /// The values of all header fields of this name, in their order.
    package func headers(_ name: String) -> [String] {
        let name = name.lowercased()
        return fields.filter { $0.name == name }.map(\.value)
    }

    /// The first value of this name in the query.
    package func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let high = ASCII.hexadecimal(rest[rest.startIndex]),
                let low = ASCII.hexadecimal(rest[rest.startIndex + 1])
            {
                bytes.append(UInt8(truncatingIfNeeded: high << 4 | low))
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == ASCII.plus ? ASCII.space : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func == (one: OpeningHandshake, other: OpeningHandshake) -> Bool {
        one.path == other.path && one.parameters.elementsEqual(other.parameters, by: ==)
            && one.fields.elementsEqual(other.fields, by: ==)
    }
}
