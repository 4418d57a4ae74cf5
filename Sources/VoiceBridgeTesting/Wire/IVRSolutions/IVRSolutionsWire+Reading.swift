// SPDX-License-Identifier: Apache-2.0

extension IVRSolutionsWire {
    func read(_ text: [UInt8]) -> (name: String, members: [PlainJSON.Member], Result<ServerMessage, WireFault>) {
        var reader = PlainJSONReader(text)
        do {
            guard let members = try reader.read().members else {
                return ("?", [], .failure(WireFault(.notCompactJSON, "not an object: \(Self.excerpt(text))")))
            }
            let name = (members.first { $0.key == "type" } ?? members.first { $0.key == "event" })?.value.string ?? "?"
            guard !reader.sawWhitespace else {
                return (name, members, .failure(WireFault(.notCompactJSON, "white space between tokens")))
            }
            return (name, members, Result { () throws(WireFault) in try Self.meaning(name, members, streamID) })
        } catch {
            let fault = WireFault(.notCompactJSON, "\(error.problem) at byte \(error.offset): \(Self.excerpt(text))")
            return ("?", [], .failure(fault))
        }
    }

    private static func meaning(
        _ name: String,
        _ members: [PlainJSON.Member],
        _ streamID: String
    ) throws(WireFault) -> ServerMessage {
        func keys(_ expected: String...) throws(WireFault) {
            guard members.map(\.key) == expected else {
                let seen = members.map(\.key).joined(separator: ", ")
                throw WireFault(.keys, "\(name) has the keys \(seen), not \(expected.joined(separator: ", "))")
            }
        }
        func text(_ key: String) throws(WireFault) -> String {
            guard let value = members.first(where: { $0.key == key })?.value.string, !value.isEmpty else {
                throw WireFault(.value, "\(name): \(key) is no text, or empty")
            }
            return value
        }
        switch name {
        case "response.audio.delta":
            try keys("type", "delta")
            let delta = try text("delta")
            guard let bytes = PlainBase64.decode(delta) else {
                throw WireFault(.base64, "not base64 with padding, \(delta.utf8.count) characters")
            }
            return .audio(bytes)
        case "response.audio.done":
            try keys("type")
            return .audioDone
        case "audio.clear":
            try keys("type")
            return .clear
        case "mark":
            try keys("event", "stream_sid", "mark")
            guard try text("stream_sid") == streamID else {
                throw WireFault(.value, "mark: stream_sid is not the stream's")
            }
            guard let mark = members.last?.value.members, mark.map(\.key) == ["name"],
                let name = mark[0].value.string, !name.isEmpty
            else { throw WireFault(.keys, "mark: the mark is not an object of a name") }
            return .mark(name)
        case "session.dtmf":
            try keys("type", "dtmf")
            let digits = try text("dtmf")
            guard digits.count <= 32, digits.allSatisfy("0123456789*#ABCD".contains) else {
                throw WireFault(.value, "session.dtmf: '\(digits.prefix(40))' is not 1 to 32 of 0-9*#A-D")
            }
            return .digits(digits)
        case "session.hangup":
            if members.count > 1 {
                try keys("type", "reason")
                _ = try text("reason")
            } else {
                try keys("type")
            }
            return .hangUp
        case "session.transfer":
            try checkTransfer(members)
            return .transfer
        case "session.transfer_extension":
            try keys("type", "extension")
            _ = try text("extension")
            return .transfer
        case "session.flow_transfer":
            try keys("type", "flow_id")
            _ = try text("flow_id")
            return .transfer
        case "session.transfer_ws":
            try keys("type", "url")
            guard try text("url").hasPrefix("wss://") else {
                throw WireFault(.value, "session.transfer_ws: the URL does not begin with wss://")
            }
            return .transfer
        default:
            throw WireFault(.unknownMessage, "'\(name.prefix(64))'")
        }
    }

    /// `{"type":…,"destination":text}`, or an array of two and more with or without `"strategy":"sequential"`.
    private static func checkTransfer(_ members: [PlainJSON.Member]) throws(WireFault) {
        let keys = members.map(\.key)
        guard keys == ["type", "destination"] || keys == ["type", "destination", "strategy"] else {
            throw WireFault(.keys, "session.transfer has the keys \(keys.joined(separator: ", "))")
        }
        if let number = members[1].value.string {
            guard keys.count == 2, isNumber(number) || number.hasPrefix("sip:") else {
                throw WireFault(.value, "session.transfer: one destination that is no number, or with a strategy")
            }
            return
        }
        let numbers = members[1].value.elements ?? []
        guard numbers.count >= 2, numbers.allSatisfy({ $0.string.map(isNumber) ?? false }) else {
            throw WireFault(.value, "session.transfer: the destination is neither a number nor two and more")
        }
        guard keys.count == 2 || members[2].value == .string("sequential") else {
            throw WireFault(.value, "session.transfer: the strategy is not 'sequential'")
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }

    private static func excerpt(_ text: [UInt8]) -> String {
        String(String(decoding: text.prefix(60), as: UTF8.self).filter { !$0.isNewline })
    }
}
