// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore

extension IVRSolutionsDialect {
    /// The most telephone numbers in one transfer.
    static let maximumDestinations = 20

    /// Writes the message of a transfer; the only place where a kind of target becomes a message.
    func writeTransfer(to target: TransferTarget, into buffer: inout ByteBuffer) throws(DialectError) {
        switch target {
        case .phone(let number): try writePhones([number], strategy: .simultaneous, kind: .phone, into: &buffer)
        case .phones(let numbers, let strategy):
            try writePhones(numbers, strategy: strategy, kind: .phones, into: &buffer)
        case .extension(let number):
            let text = try Self.checked(number, kind: .extension, maximumBytes: 64)
            write(#"{"type":"session.transfer_extension","extension":"#, text, into: &buffer)
        case .flow(let id):
            let text = try Self.checked(id, kind: .flow, maximumBytes: 128)
            write(#"{"type":"session.flow_transfer","flow_id":"#, text, into: &buffer)
        case .bot(let url):
            let text = try Self.checked(url, kind: .bot, schemes: ["wss://"], maximumBytes: 2_048)
            write(#"{"type":"session.transfer_ws","url":"#, text, into: &buffer)
        case .sip(let uri):
            guard settings.allowSIPDestination else { throw .notCarried(.sip) }
            let text = try Self.checked(uri, kind: .sip, schemes: ["sip:", "sips:"], maximumBytes: 512)
            write(#"{"type":"session.transfer","destination":"#, text, into: &buffer)
        }
    }

    private func write(_ prefix: StaticString, _ value: String, into buffer: inout ByteBuffer) {
        buffer.writeStaticString(prefix)
        buffer.writeJSONString(value)
        buffer.writeStaticString("}")
    }

    /// One number goes as a string, whether or not it came in a list.
    private func writePhones(
        _ numbers: [String],
        strategy: TransferTarget.RingStrategy,
        kind: TransferTarget.Kind,
        into buffer: inout ByteBuffer
    ) throws(DialectError) {
        guard (1...Self.maximumDestinations).contains(numbers.count) else {
            let problem = "has \(numbers.count) numbers and must have 1 to \(Self.maximumDestinations)"
            throw .badTarget(kind, problem: problem)
        }
        var dialable: [String] = []
        for (index, number) in numbers.enumerated() {
            guard let number = DialableNumber(number) else {
                let problem =
                    "is no telephone number (number \(index + 1)): give 1 to \(DialableNumber.maximumDigits) digits "
                    + "with an optional leading +; only spaces and hyphens may stand between them"
                throw .badTarget(kind, problem: problem)
            }
            dialable.append(number.text)
        }
        if dialable.count == 1 {
            return write(#"{"type":"session.transfer","destination":"#, dialable[0], into: &buffer)
        }
        buffer.writeStaticString(#"{"type":"session.transfer","destination":["#)
        for (index, number) in dialable.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            buffer.writeJSONString(number)
        }
        buffer.writeStaticString(strategy == .sequential ? #"],"strategy":"sequential"}"# : "]}")
    }

    /// Text of at least one byte without control characters.
    private static func checked(
        _ text: String,
        kind: TransferTarget.Kind,
        maximumBytes: Int
    ) throws(DialectError) -> String {
        guard (1...maximumBytes).contains(text.utf8.count) else {
            throw .badTarget(kind, problem: "has \(text.utf8.count) bytes and must have 1 to \(maximumBytes)")
        }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .badTarget(kind, problem: "holds a control character")
        }
        return text
    }

    /// An address of printable ASCII without spaces that begins with one of the schemes and has something after it.
    private static func checked(
        _ address: String,
        kind: TransferTarget.Kind,
        schemes: [String],
        maximumBytes: Int
    ) throws(DialectError) -> String {
        let address = try checked(address, kind: kind, maximumBytes: maximumBytes)
        let small = address.lowercased()
        guard let scheme = schemes.first(where: small.hasPrefix) else {
            throw .badTarget(kind, problem: "must begin with \(schemes.joined(separator: " or "))")
        }
        let rest = address.utf8.dropFirst(scheme.utf8.count)
        guard let first = rest.first, !"/?#:@".utf8.contains(first) else {
            throw .badTarget(kind, problem: "has no host after \(scheme)")
        }
        let forbidden = "\"<>\\^`{|}#".utf8
        guard rest.allSatisfy({ (0x21...0x7E).contains($0) && !forbidden.contains($0) }) else {
            throw .badTarget(kind, problem: "holds a character that no address may hold; encode it as %XX")
        }
        return address
    }
}
