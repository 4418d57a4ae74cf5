// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension IVRSolutionsDialect {
    /// Writes one command as one message.
    ///
    /// - Returns: `.none`, with nothing written, when the route's options leave this message out.
    /// - Throws: when the command cannot be said on this wire; nothing is written then.
    package func encode(_ command: CallCommand, into buffer: inout ByteBuffer) throws(DialectError) -> OutboundFrame {
        switch command {
        case .utteranceEnd:
            guard settings.utteranceEnd else { return .none }
            buffer.writeStaticString(#"{"type":"response.audio.done"}"#)
        case .clear: buffer.writeStaticString(#"{"type":"audio.clear"}"#)
        case .mark(let name):
            guard settings.marks else { return .none }
            try writeMark(name, into: &buffer)
        case .digits(let digits):
            buffer.writeStaticString(#"{"type":"session.dtmf","dtmf":""#)
            buffer.writeString(digits.description)
            buffer.writeStaticString(#""}"#)
        case .hangUp(let reason):
            buffer.writeStaticString(#"{"type":"session.hangup""#)
            if settings.hangUpReason, let reason, !reason.isEmpty {
                buffer.writeStaticString(#","reason":"#)
                buffer.writeJSONString(reason.prefixed(toBytes: 256))
            }
            buffer.writeStaticString("}")
        case .transfer(let target): try writeTransfer(to: target, into: &buffer)
        }
        return .text
    }

    /// The message of our audio; nil where that is the bare bytes.
    var audioEnvelope: AudioEnvelope? { settings.audioOut == .json ? Self.envelope : nil }

    /// Writes one piece of audio, in the wire's encoding, as one message: base64 straight into it, or the bare bytes.
    package func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        switch settings.audioOut {
        case .binary:
            buffer.writeBytes(unsafe bytes.bytes)
            return .binary
        case .json:
            Self.envelope.write(bytes, into: &buffer)
            return .text
        }
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` writes for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int {
        switch settings.audioOut {
        case .binary: payloadBytes
        case .json: Self.envelope.length(payloadBytes: payloadBytes)
        }
    }

    private static let envelope = AudioEnvelope(
        before: ByteBuffer(string: #"{"type":"response.audio.delta","delta":""#),
        after: #""}"#
    )

    private func writeMark(_ name: String, into buffer: inout ByteBuffer) throws(DialectError) {
        guard let streamID else { throw .notStarted }
        try DialectError.check(mark: name)
        buffer.writeStaticString(#"{"event":"mark","stream_sid":"#)
        buffer.writeJSONString(streamID)
        buffer.writeStaticString(#","mark":{"name":"#)
        buffer.writeJSONString(name)
        buffer.writeStaticString("}}")
    }
}
