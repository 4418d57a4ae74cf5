// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension PlivoDialect {
    /// Writes one command as one message.
    ///
    /// - Returns: `.none`, with nothing written, for the end of an utterance, and for a hang-up where that is the close of the
    ///   socket.
    /// - Throws: when the command cannot be said on this wire; nothing is written then.
    package func encode(_ command: CallCommand, into buffer: inout ByteBuffer) throws(DialectError) -> OutboundFrame {
        switch command {
        case .clear:
            try buffer.writeEvent("clearAudio", ofStream: stream?.id, named: "streamId")
            buffer.writeStaticString("}")
        case .mark(let name):
            try DialectError.check(mark: name)
            try buffer.writeEvent("checkpoint", ofStream: stream?.id, named: "streamId")
            buffer.writeStaticString(#","name":"#)
            buffer.writeJSONString(name)
            buffer.writeStaticString("}")
        case .digits(let digits):
            buffer.writeStaticString(#"{"event":"sendDTMF","dtmf":""#)
            buffer.writeString(digits.description)
            buffer.writeStaticString(#""}"#)
        case .hangUp:
            guard settings.variant.endsCall else { return .none }
            try buffer.writeEvent("stop", ofStream: stream?.id, named: "streamId")
            buffer.writeStaticString("}")
        case .transfer(let target): throw .notCarried(target.kind)
        case .utteranceEnd: return .none
        }
        return .text
    }

    /// The message of our audio since `start`.
    var audioEnvelope: AudioEnvelope? { stream?.envelope }

    /// Writes one piece of audio as one message; nothing before `start`, which says its format.
    package func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        guard let stream else { return .none }
        stream.envelope.write(bytes, into: &buffer)
        return .text
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` writes for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int {
        stream?.envelope.length(payloadBytes: payloadBytes) ?? 0
    }
}
