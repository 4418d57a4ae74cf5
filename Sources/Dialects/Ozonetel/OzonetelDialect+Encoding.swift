// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension OzonetelDialect {
    /// Writes one command as one message.
    ///
    /// - Returns: `.none`, with nothing written, for a mark, which the wire has not, and for the end of an utterance.
    /// - Throws: when the command cannot be said on this wire; nothing is written then.
    package func encode(_ command: CallCommand, into buffer: inout ByteBuffer) throws(DialectError) -> OutboundFrame {
        switch command {
        case .clear: buffer.writeStaticString(#"{"command":"clearBuffer"}"#)
        case .hangUp: buffer.writeStaticString(#"{"command":"callDisconnect"}"#)
        case .digits: throw .digitsNotCarried
        case .transfer(let target): throw .notCarried(target.kind)
        case .utteranceEnd, .mark: return .none
        }
        return .text
    }

    /// Writes one piece of audio as one message, sample by sample; nothing before the call has begun.
    package func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        guard let callID else { return .none }
        buffer.reserveCapacity(minimumWritableBytes: audioMessageLength(payloadBytes: bytes.count))
        buffer.writeStaticString(#"{"event":"media","type":"media","ucid":"#)
        buffer.writeJSONString(callID)
        buffer.writeStaticString(#","data":{"samples":["#)
        buffer.writeJSONSamples(bytes)
        buffer.writeStaticString(#"],"bitsPerSample":16,"sampleRate":8000,"channelCount":1,"numberOfFrames":"#)
        buffer.writeJSONNumber(bytes.count / 2)
        buffer.writeStaticString(#","type":"data"}}"#)
        return .text
    }

    /// The most bytes of the message that ``encodeAudio(_:into:)`` writes for so many bytes of samples.
    ///
    /// How many they are depends on the samples, which take two to seven bytes each, commas included.
    package func audioMessageLength(payloadBytes: Int) -> Int {
        Self.fixedBytes + (callID?.utf8.count ?? 0) * 6 + payloadBytes / 2 * 7
    }

    /// Bytes of a message beside its id and its samples, rounded up.
    private static let fixedBytes = 192
}
