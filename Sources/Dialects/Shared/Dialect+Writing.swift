// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension Dialect {
    /// Writes one command as one message; `.none` with nothing written when the platform has none for it.
    ///
    /// What the platform wants in further messages follows by ``takeReply(into:)``.
    package mutating func encode(
        _ command: CallCommand,
        into buffer: inout ByteBuffer
    ) throws(DialectError) -> OutboundFrame {
        switch take() {
        case .ivrSolutions(let dialect):
            defer { platform = .ivrSolutions(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .taken: return .none
        }
    }

    /// Writes one piece of audio, in the wire's encoding, as one message.
    package mutating func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        switch take() {
        case .ivrSolutions(let dialect):
            defer { platform = .ivrSolutions(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .taken: return .none
        }
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` would write next for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int {
        switch platform {
        case .ivrSolutions(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .taken: 0
        }
    }

    /// Writes the next message that the protocol demands of us; `.none` with nothing written when there is none.
    ///
    /// To be called until it has none after each message that was read, before anything else is sent, and after each
    /// command that was written.
    package mutating func takeReply(into buffer: inout ByteBuffer) -> OutboundFrame {
        switch platform {
        case .ivrSolutions, .taken: .none
        }
    }
}
