// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension TwilioDialect {
    /// Writes one command as one message; keys after the first follow by ``takeReply(into:)``.
    ///
    /// - Returns: `.none`, with nothing written, for the end of an utterance, and for a hang-up where that is the close of the
    ///   socket.
    /// - Throws: when the command cannot be said on this wire; nothing is written then.
    package mutating func encode(
        _ command: CallCommand,
        into buffer: inout ByteBuffer
    ) throws(DialectError) -> OutboundFrame {
        switch command {
        case .clear: try buffer.writeClear(ofStream: stream?.id, named: "streamSid")
        case .mark(let name): try buffer.writeMark(name, ofStream: stream?.id, named: "streamSid")
        case .digits(let keys):
            guard settings.variant.sendsDigits else { throw .digitsNotCarried }
            guard stream != nil else { throw .notStarted }
            waitingDigits.append(contentsOf: keys.digits)
            return takeReply(into: &buffer)
        case .hangUp:
            guard settings.variant.endsCall else { return .none }
            try buffer.writeEvent("end", ofStream: stream?.id, named: "streamSid")
            buffer.writeStaticString(#","call_sid":"#)
            buffer.writeJSONString(stream?.call ?? "")
            buffer.writeStaticString("}")
        case .transfer(let target): throw .notCarried(target.kind)
        case .utteranceEnd: return .none
        }
        return .text
    }

    /// Writes the next key that waits.
    package mutating func takeReply(into buffer: inout ByteBuffer) -> OutboundFrame {
        guard !waitingDigits.isEmpty, let stream else { return .none }
        let key = waitingDigits.removeFirst()
        buffer.writeStaticString(#"{"event":"dtmf","streamSid":"#)
        buffer.writeJSONString(stream.id)
        buffer.writeStaticString(#","dtmf":{"digit":""#)
        buffer.writeString(key.description)
        buffer.writeStaticString(#""}}"#)
        return .text
    }

    /// The message of our audio since `start`.
    var audioEnvelope: AudioEnvelope? { stream?.envelope }

    /// Writes one piece of audio as one message; nothing before `start`, since it names the stream.
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
