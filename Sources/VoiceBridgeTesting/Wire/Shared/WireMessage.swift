// SPDX-License-Identifier: Apache-2.0

/// A message of the server, or an object inside one, as a platform takes it that reads JSON by name: its members in any
/// order, none that is missing, and none that the platform does not know.
struct WireMessage {
    /// The message's name, for what is said of it.
    let name: String
    /// The members, in the order in which they came.
    let members: [PlainJSON.Member]

    /// The message in a text, named by its member `key`.
    init(_ text: [UInt8], namedBy key: String) throws(WireFault) {
        do {
            var reader = PlainJSONReader(text)
            members = try reader.read().members ?? []
        } catch {
            throw WireFault(.notCompactJSON, "\(error.problem) at byte \(error.offset)")
        }
        guard let name = members.first(where: { $0.key == key })?.value.string else {
            throw WireFault(.notCompactJSON, "no object with the text '\(key)'")
        }
        self.name = name
    }

    private init(_ name: String, _ members: [PlainJSON.Member]) {
        self.name = name
        self.members = members
    }

    /// Checks that all of `keys` are there, and beside them none but `others`.
    func has(_ keys: [String], or others: [String] = []) throws(WireFault) {
        let seen = members.map(\.key)
        if let missing = keys.first(where: { !seen.contains($0) }) {
            throw WireFault(.keys, "\(name) lacks '\(missing)'")
        }
        if let strange = seen.first(where: { !keys.contains($0) && !others.contains($0) }) {
            throw WireFault(.keys, "\(name) has '\(strange.prefix(64))', which the platform does not know")
        }
        guard Set(seen).count == seen.count else { throw WireFault(.keys, "\(name) has a key twice") }
    }

    /// The value under a key, if there is one.
    subscript(key: String) -> PlainJSON? { members.first { $0.key == key }?.value }

    /// The text under a key, which may not be empty.
    func text(_ key: String) throws(WireFault) -> String {
        guard let text = self[key]?.string, !text.isEmpty else {
            throw WireFault(.value, "\(name): \(key) is no text, or empty")
        }
        return text
    }

    /// The object under a key.
    func object(_ key: String) throws(WireFault) -> WireMessage {
        guard let members = self[key]?.members else { throw WireFault(.value, "\(name): \(key) is no object") }
        return WireMessage("\(name).\(key)", members)
    }

    /// Checks the text under a key.
    func check(_ key: String, is expected: String) throws(WireFault) {
        guard try text(key) == expected else { throw WireFault(.value, "\(name): \(key) is not '\(expected)'") }
    }

    /// The whole number under a key, written as a number or in quotes; nil when there is none.
    func number(_ key: String) throws(WireFault) -> Int? {
        switch self[key] {
        case nil: return nil
        case .string(let digits), .number(let digits):
            if let number = Int(digits), number >= 0 { return number }
        default: break
        }
        throw WireFault(.value, "\(name): \(key) is no whole number")
    }

    /// The audio under `payload`.
    func audio() throws(WireFault) -> [UInt8] {
        let payload = try text("payload")
        guard let bytes = PlainBase64.decode(payload) else {
            throw WireFault(.base64, "not base64 with padding, \(payload.utf8.count) characters")
        }
        return bytes
    }

    /// A fault for a message that the platform does not have.
    var unknown: WireFault { WireFault(.unknownMessage, "'\(name.prefix(64))'") }
}
