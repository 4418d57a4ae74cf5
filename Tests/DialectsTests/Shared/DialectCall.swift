// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore

/// Messages of one call, one after another, both ways, with ids that count up from 1.
struct DialectCall {
    var dialect: Dialect

    init(
        _ name: DialectName,
        _ options: [String: BotOptionValue] = [:],
        handshake: OpeningHandshake = OpeningHandshake()
    ) throws {
        let counter = Counter()
        dialect = try Dialect(name: name, options: BotOptions(options), handshake: handshake) { counter.next() }
    }

    mutating func event(_ text: String) throws -> CallEvent { try dialect.event(text) }

    /// The start of one text message.
    mutating func start(_ text: String) throws -> CallStart? {
        guard case .start(let start) = try event(text) else { return nil }
        return start
    }

    var media: [UInt8] { dialect.media }

    /// Everything a command is written as: its message, and those that follow.
    mutating func messages(_ command: CallCommand) throws -> [String] {
        var buffer = ByteBuffer()
        var messages: [String] = []
        var kind = try dialect.encode(command, into: &buffer)
        while kind != .none {
            messages.append(kind == .text ? String(buffer: buffer) : "binary")
            buffer.clear()
            kind = dialect.takeReply(into: &buffer)
        }
        return buffer.readableBytes == 0 ? messages : messages + ["left over: " + String(buffer: buffer)]
    }

    /// The one message of a piece of audio; nil when its length is not the one foretold, or it is no text.
    mutating func audio(_ bytes: [UInt8]) -> String? {
        var buffer = ByteBuffer()
        let length = dialect.audioMessageLength(payloadBytes: bytes.count)
        guard dialect.write(bytes, into: &buffer) == .text, buffer.readableBytes == length else { return nil }
        return String(buffer: buffer)
    }
}
