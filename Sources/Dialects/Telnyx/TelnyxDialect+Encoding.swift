// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension TelnyxDialect {
    /// Writes one command as one message.
    ///
    /// - Returns: `.none`, with nothing written, for a hang-up, which is the close of the socket, and for the end of an utterance.
    /// - Throws: when the command cannot be said on this wire; nothing is written then.
    package func encode(_ command: CallCommand, into buffer: inout ByteBuffer) throws(DialectError) -> OutboundFrame {
        switch command {
        case .clear: buffer.writeStaticString(#"{"event":"clear"}"#)
        case .mark(let name):
            try DialectError.check(mark: name)
            buffer.writeStaticString(#"{"event":"mark","mark":{"name":"#)
            buffer.writeJSONString(name)
            buffer.writeStaticString("}}")
        case .digits: throw .digitsNotCarried
        case .transfer(let target): throw .notCarried(target.kind)
        case .utteranceEnd, .hangUp: return .none
        }
        return .text
    }

    /// The message of our audio; nil where its bytes are turned round on the way.
    var audioEnvelope: AudioEnvelope? { swapsOutbound ? nil : Self.envelope }

    private var swapsOutbound: Bool { settings.outboundFormat.encoding == .linear16 && settings.byteOrder == .big }

    /// Writes one piece of audio as one message, linear samples in the byte order that the route chose.
    package mutating func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        guard swapsOutbound else {
            Self.envelope.write(bytes, into: &buffer)
            return .text
        }
        swapped.replace(with: bytes)
        swapped.swapPairs()
        swapped.withBytes { Self.envelope.write($0, into: &buffer) }
        return .text
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` writes for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int { Self.envelope.length(payloadBytes: payloadBytes) }

    private static let envelope = AudioEnvelope(
        before: ByteBuffer(string: #"{"event":"media","media":{"payload":""#),
        after: #""}}"#
    )
}
