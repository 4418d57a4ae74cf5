// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension ExotelDialect {
    /// Writes one command as one message.
    ///
    /// - Returns: `.none`, with nothing written, for a hang-up, which is the close of the socket, and for the end of an utterance.
    /// - Throws: when the command cannot be said on this wire; nothing is written then.
    package func encode(_ command: CallCommand, into buffer: inout ByteBuffer) throws(DialectError) -> OutboundFrame {
        switch command {
        case .clear: try buffer.writeClear(ofStream: stream?.id, named: "stream_sid")
        case .mark(let name): try buffer.writeMark(name, ofStream: stream?.id, named: "stream_sid")
        case .digits: throw .digitsNotCarried
        case .transfer(let target): throw .notCarried(target.kind)
        case .utteranceEnd, .hangUp: return .none
        }
        return .text
    }

    /// Writes one piece of audio as one message; nothing before `start`, since it names the stream.
    ///
    /// Its numbers count our audio messages from 1; its time is that of the audio's end since the first of them, as in the
    /// platform's own messages.
    package mutating func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        guard let stream else { return .none }
        buffer.reserveCapacity(minimumWritableBytes: audioMessageLength(payloadBytes: bytes.count))
        chunks += 1
        audioBytes += bytes.count
        buffer.writeImmutableBuffer(stream.opening)
        if settings.numbersAudio {
            buffer.writeStaticString(#","sequence_number":""#)
            buffer.writeString(String(chunks))
            buffer.writeStaticString(#"","media":{"chunk":""#)
            buffer.writeString(String(chunks))
            buffer.writeStaticString(#"","timestamp":""#)
            buffer.writeString(String(audioBytes * 1_000 / stream.bytesPerSecond))
            buffer.writeStaticString(#"","payload":""#)
        } else {
            buffer.writeStaticString(#","media":{"payload":""#)
        }
        buffer.writeBase64(bytes)
        buffer.writeStaticString(#""}}"#)
        return .text
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` would write next for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int {
        guard let stream else { return 0 }
        let constant = #","media":{"payload":""}}"#.utf8.count
        let numbers = #","sequence_number":"","chunk":"","timestamp":"""#.utf8.count
        let length = stream.opening.readableBytes + constant + Base64.encodedLength(ofBytes: payloadBytes)
        guard settings.numbersAudio else { return length }
        let time = (audioBytes + payloadBytes) * 1_000 / stream.bytesPerSecond
        return length + numbers + 2 * String(chunks + 1).utf8.count + String(time).utf8.count
    }
}
