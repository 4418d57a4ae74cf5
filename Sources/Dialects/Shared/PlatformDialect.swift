// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore

/// What each platform's type does; ``Dialect`` forwards to it by name.
///
/// Only the compiler's check that all of them do the same: no value is ever kept as `any PlatformDialect`.
protocol PlatformDialect: Sendable {
    /// The message that is being read, and the bytes of the last ``CallEvent/media(_:)``.
    var reader: MessageReader { get set }
    /// The message of our audio where nothing but the audio changes in it, once it is known.
    var audioEnvelope: AudioEnvelope? { get }
    mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent
    mutating func decode(binary: Span<UInt8>) throws(DialectError) -> CallEvent
    mutating func encode(_ command: CallCommand, into buffer: inout ByteBuffer) throws(DialectError) -> OutboundFrame
    mutating func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame
    func audioMessageLength(payloadBytes: Int) -> Int
    func framing(for format: AudioFormat) -> AudioFraming
    mutating func takeReply(into buffer: inout ByteBuffer) -> OutboundFrame
    /// Makes of caller audio in the reader, as the message has it, what the call takes.
    mutating func settle(_ header: MediaHeader) -> MediaHeader
}

extension PlatformDialect {
    /// Calls `body` with the bytes of the last ``CallEvent/media(_:)``.
    ///
    /// They are as the wire has them; linear samples have their low byte first, and an odd last byte is among them.
    func withMedia<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try reader.media.withBytes(body)
    }

    /// Some platforms number each piece of our audio, or take it in binary messages.
    var audioEnvelope: AudioEnvelope? { nil }

    /// Most platforms send audio as it is.
    mutating func settle(_ header: MediaHeader) -> MediaHeader { header }

    /// Most platforms send text only; a binary message of theirs is no audio.
    mutating func decode(binary: Span<UInt8>) throws(DialectError) -> CallEvent { .ignored(.unknownName("binary")) }

    /// Most platforms ask for no answer, and take each command in one message.
    mutating func takeReply(into buffer: inout ByteBuffer) -> OutboundFrame { .none }
}
