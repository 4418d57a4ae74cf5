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
        case .exotel(let dialect):
            defer { platform = .exotel(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .twilio(var dialect):
            defer { platform = .twilio(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .plivo(let dialect):
            defer { platform = .plivo(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .telnyx(let dialect):
            defer { platform = .telnyx(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .vonage(let dialect):
            defer { platform = .vonage(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .asterisk(let dialect):
            defer { platform = .asterisk(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .jambonz(var dialect):
            defer { platform = .jambonz(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .genesys(var dialect):
            defer { platform = .genesys(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .ozonetel(let dialect):
            defer { platform = .ozonetel(dialect) }
            return try dialect.encode(command, into: &buffer)
        case .taken: return .none
        }
    }

    /// Writes one piece of audio, in the wire's encoding, as one message.
    package mutating func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        if let audioEnvelope {
            audioEnvelope.write(bytes, into: &buffer)
            return .text
        }
        switch take() {
        case .ivrSolutions(let dialect):
            defer { platform = .ivrSolutions(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .exotel(var dialect):
            defer { platform = .exotel(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .twilio(let dialect):
            defer { platform = .twilio(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .plivo(let dialect):
            defer { platform = .plivo(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .telnyx(var dialect):
            defer { platform = .telnyx(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .vonage(let dialect):
            defer { platform = .vonage(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .asterisk(let dialect):
            defer { platform = .asterisk(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .jambonz(let dialect):
            defer { platform = .jambonz(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .genesys(let dialect):
            defer { platform = .genesys(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .ozonetel(let dialect):
            defer { platform = .ozonetel(dialect) }
            return dialect.encodeAudio(bytes, into: &buffer)
        case .taken: return .none
        }
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` would write next for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int {
        switch platform {
        case .ivrSolutions(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .exotel(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .twilio(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .plivo(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .telnyx(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .vonage(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .asterisk(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .jambonz(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .genesys(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .ozonetel(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .taken: 0
        }
    }

    /// Writes the next message that the protocol demands of us; `.none` with nothing written when there is none.
    ///
    /// To be called until it has none after each message that was read, before anything else is sent, and after each
    /// command that was written.
    package mutating func takeReply(into buffer: inout ByteBuffer) -> OutboundFrame {
        switch take() {
        case .twilio(var dialect):
            defer { platform = .twilio(dialect) }
            return dialect.takeReply(into: &buffer)
        case .asterisk(var dialect):
            defer { platform = .asterisk(dialect) }
            return dialect.takeReply(into: &buffer)
        case .jambonz(var dialect):
            defer { platform = .jambonz(dialect) }
            return dialect.takeReply(into: &buffer)
        case .genesys(var dialect):
            defer { platform = .genesys(dialect) }
            return dialect.takeReply(into: &buffer)
        case let other:
            platform = other
            return .none
        }
    }
}
