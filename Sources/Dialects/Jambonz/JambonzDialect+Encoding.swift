// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension JambonzDialect {
    /// Writes one command as one message; a clear is two, of which ``takeReply(into:)`` writes the second.
    ///
    /// - Throws: when the command cannot be said on this wire; nothing is written then.
    package mutating func encode(
        _ command: CallCommand,
        into buffer: inout ByteBuffer
    ) throws(DialectError) -> OutboundFrame {
        switch command {
        case .utteranceEnd: return .none
        case .clear:
            buffer.writeStaticString(#"{"type":"killAudio"}"#)
            owesClearMarks = true
        case .mark(let name):
            try DialectError.check(mark: name)
            buffer.writeStaticString(#"{"type":"mark","data":{"name":"#)
            buffer.writeJSONString(name)
            buffer.writeStaticString("}}")
        case .hangUp: buffer.writeStaticString(#"{"type":"disconnect"}"#)
        case .digits: throw .digitsNotCarried
        case .transfer(let target): throw .notCarried(target.kind)
        }
        return .text
    }

    /// Writes what is due behind the last command: `clearMarks` behind `killAudio`, which leaves the marks standing.
    package mutating func takeReply(into buffer: inout ByteBuffer) -> OutboundFrame {
        guard owesClearMarks else { return .none }
        owesClearMarks = false
        buffer.writeStaticString(#"{"type":"clearMarks"}"#)
        return .text
    }

    /// Writes one piece of audio as one binary message.
    package func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        buffer.writeBytes(unsafe bytes.bytes)
        return .binary
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` writes for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int { payloadBytes }
}
