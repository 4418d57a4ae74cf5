// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension AsteriskDialect {
    /// Writes one command as one message, as JSON or as words.
    ///
    /// - Throws: when the command cannot be said on this wire; nothing is written then.
    package func encode(_ command: CallCommand, into buffer: inout ByteBuffer) throws(DialectError) -> OutboundFrame {
        switch command {
        case .utteranceEnd: return .none
        case .clear: write("FLUSH_MEDIA", into: &buffer)
        case .mark(let name): try writeMark(name, into: &buffer)
        case .hangUp: write("HANGUP", into: &buffer)
        case .digits: throw .digitsNotCarried
        case .transfer(let target): throw .notCarried(target.kind)
        }
        return .text
    }

    /// Writes what is due of the dialect's own accord: `ANSWER`, once, where the route asks for it.
    package mutating func takeReply(into buffer: inout ByteBuffer) -> OutboundFrame {
        guard owesAnswer else { return .none }
        owesAnswer = false
        write("ANSWER", into: &buffer)
        return .text
    }

    /// Writes one piece of audio as one binary message.
    package func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        buffer.writeBytes(unsafe bytes.bytes)
        return .binary
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` writes for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int { payloadBytes }

    private func write(_ command: StaticString, into buffer: inout ByteBuffer) {
        guard writesJSON == true else {
            buffer.writeStaticString(command)
            return
        }
        buffer.writeStaticString(#"{"command":""#)
        buffer.writeStaticString(command)
        buffer.writeStaticString(#""}"#)
    }

    /// Writes a mark; as words its name may not hold what ends a word, nor a colon, which would make it a field.
    private func writeMark(_ name: String, into buffer: inout ByteBuffer) throws(DialectError) {
        try DialectError.check(mark: name)
        guard writesJSON == true else {
            guard name.utf8.allSatisfy({ $0 > ASCII.space && $0 != 0x7F && $0 != ASCII.colon }) else {
                throw .badMark("holds a space, a colon or a control character, which no word may")
            }
            buffer.writeStaticString("MARK_MEDIA ")
            buffer.writeString(name)
            return
        }
        buffer.writeStaticString(#"{"command":"MARK_MEDIA","correlation_id":"#)
        buffer.writeJSONString(name)
        buffer.writeStaticString("}")
    }
}
