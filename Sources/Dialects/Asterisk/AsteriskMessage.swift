// SPDX-License-Identifier: Apache-2.0

/// One control message of Asterisk's, whichever way it was written.
///
/// As words: a name, then `field:value` pairs with a space between them; what has no colon is the message's bare value,
/// as the id in `MEDIA_BUFFERING_COMPLETED 61ea9311`.
struct AsteriskMessage {
    /// The most fields that are read.
    private static let maximumFields = 32

    /// The event's name; names are case-sensitive.
    let name: String
    /// What stands behind the name as words, or nil for JSON.
    private(set) var bare: String?
    /// The texts and numbers of the message by name.
    private(set) var fields: [String: String] = [:]
    /// The channel's variables, which only JSON brings.
    private(set) var variables = CallParameters()

    /// Reads words; nil when there are none, or bytes that are not UTF-8.
    init?(words text: Span<UInt8>) {
        guard let valid = try? UTF8Span(validating: text) else { return nil }
        let line = String(copying: valid)
        let parts = line.split(maxSplits: 1) { $0 == " " || $0 == "\n" || $0 == "\r\n" }
        guard let first = parts.first else { return nil }
        name = String(first)
        guard parts.count == 2 else { return }
        bare = String(parts[1])
        for pair in parts[1].split(separator: " ", maxSplits: Self.maximumFields).prefix(Self.maximumFields) {
            guard let colon = pair.firstIndex(of: ":") else { continue }
            fields[String(pair[..<colon])] = String(pair[pair.index(after: colon)...])
        }
    }

    /// Takes the fields of a parsed JSON message; nil when it names no event.
    init?(_ document: borrowing JSONDocument, in text: Span<UInt8>) {
        let root = document.root
        guard let name = document.memberText("event", of: root, in: text) else { return nil }
        self.name = name
        var child = document.firstChild(of: root)
        while let current = child, fields.count < Self.maximumFields {
            if let field = document.name(at: current, in: text), let value = document.text(at: current, in: text) {
                fields[field] = value
            }
            child = document.sibling(after: current, of: root)
        }
        if let place = document.member("channel_variables", of: root, being: .object, in: text) {
            variables.add("", at: place, of: document, in: text)
        }
    }

    /// A field that is not empty.
    func text(_ names: String...) -> String? {
        for name in names {
            if let value = fields[name], !value.isEmpty { return value }
        }
        return nil
    }

    /// The id of ours that the message brings back: `correlation_id`, or the bare value.
    var correlationID: String? { text("correlation_id") ?? (fields.isEmpty ? bare : nil) }
}
