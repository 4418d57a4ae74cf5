// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension VonageDialect {
    /// Writes one command as one message.
    ///
    /// - Returns: `.none`, with nothing written, for a hang-up, which is the close of the socket, and for the end of an utterance.
    /// - Throws: when the command cannot be said on this wire; nothing is written then.
    package func encode(_ command: CallCommand, into buffer: inout ByteBuffer) throws(DialectError) -> OutboundFrame {
        switch command {
        case .clear: buffer.writeStaticString(#"{"action":"clear"}"#)
        case .mark(let name):
            try DialectError.check(mark: name)
            buffer.writeStaticString(#"{"action":"notify","payload":{"name":"#)
            buffer.writeJSONString(name)
            buffer.writeStaticString("}}")
        case .digits: throw .digitsNotCarried
        case .transfer(let target): throw .notCarried(target.kind)
        case .utteranceEnd, .hangUp: return .none
        }
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
