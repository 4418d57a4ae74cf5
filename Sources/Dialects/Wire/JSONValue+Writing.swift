// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

extension JSONValue {
    /// The value as JSON text in UTF-8, members in the order of their names.
    package var encoded: [UInt8] {
        var buffer = ByteBuffer()
        write(into: &buffer)
        return Array(buffer.readableBytesView)
    }

    /// A whole number.
    package static func number(_ number: Int) -> JSONValue { .number(String(number)) }

    /// An object of the members that have a value.
    package static func object(present members: [String: String?]) -> JSONValue {
        .object(members.compactMapValues { $0.map(JSONValue.string) })
    }

    private func write(into buffer: inout ByteBuffer) {
        switch self {
        case .null: buffer.writeStaticString("null")
        case .flag(let flag): buffer.writeString(flag ? "true" : "false")
        case .number(let text): buffer.writeString(text)
        case .string(let text): buffer.writeJSONString(text)
        case .array(let values):
            buffer.writeStaticString("[")
            for (index, value) in values.enumerated() {
                if index > 0 { buffer.writeStaticString(",") }
                value.write(into: &buffer)
            }
            buffer.writeStaticString("]")
        case .object(let members):
            buffer.writeStaticString("{")
            for (index, name) in members.keys.sorted().enumerated() {
                if index > 0 { buffer.writeStaticString(",") }
                buffer.writeJSONString(name)
                buffer.writeStaticString(":")
                members[name]?.write(into: &buffer)
            }
            buffer.writeStaticString("}")
        }
    }
}
