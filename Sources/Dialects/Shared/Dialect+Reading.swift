// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension Dialect {
    /// Reads one text message; the bytes of a ``CallEvent/media(_:)`` are then found by ``withMedia(_:)``.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        switch take() {
        case .ivrSolutions(var dialect):
            defer { platform = .ivrSolutions(dialect) }
            return try dialect.decode(text: text)
        case .exotel(var dialect):
            defer { platform = .exotel(dialect) }
            return try dialect.decode(text: text)
        case .twilio(var dialect):
            defer { platform = .twilio(dialect) }
            return try dialect.decode(text: text)
        case .plivo(var dialect):
            defer { platform = .plivo(dialect) }
            return try dialect.decode(text: text)
        case .telnyx(var dialect):
            defer { platform = .telnyx(dialect) }
            return try dialect.decode(text: text)
        case .vonage(var dialect):
            defer { platform = .vonage(dialect) }
            return try dialect.decode(text: text)
        case .asterisk(var dialect):
            defer { platform = .asterisk(dialect) }
            return try dialect.decode(text: text)
        case .jambonz(var dialect):
            defer { platform = .jambonz(dialect) }
            return try dialect.decode(text: text)
        case .genesys(var dialect):
            defer { platform = .genesys(dialect) }
            return try dialect.decode(text: text)
        case .ozonetel(var dialect):
            defer { platform = .ozonetel(dialect) }
            return try dialect.decode(text: text)
        case .taken: return .ignored(.incomplete("dialect"))
        }
    }

    /// Takes one binary message.
    package mutating func decode(binary: Span<UInt8>) throws(DialectError) -> CallEvent {
        switch take() {
        case .ivrSolutions(var dialect):
            defer { platform = .ivrSolutions(dialect) }
            return dialect.decode(binary: binary)
        case .exotel(var dialect):
            defer { platform = .exotel(dialect) }
            return try dialect.decode(binary: binary)
        case .twilio(var dialect):
            defer { platform = .twilio(dialect) }
            return try dialect.decode(binary: binary)
        case .plivo(var dialect):
            defer { platform = .plivo(dialect) }
            return try dialect.decode(binary: binary)
        case .telnyx(var dialect):
            defer { platform = .telnyx(dialect) }
            return try dialect.decode(binary: binary)
        case .vonage(var dialect):
            defer { platform = .vonage(dialect) }
            return dialect.decode(binary: binary)
        case .asterisk(var dialect):
            defer { platform = .asterisk(dialect) }
            return dialect.decode(binary: binary)
        case .jambonz(var dialect):
            defer { platform = .jambonz(dialect) }
            return dialect.decode(binary: binary)
        case .genesys(var dialect):
            defer { platform = .genesys(dialect) }
            return dialect.decode(binary: binary)
        case .ozonetel(var dialect):
            defer { platform = .ozonetel(dialect) }
            return try dialect.decode(binary: binary)
        case .taken: return .ignored(.incomplete("dialect"))
        }
    }

    /// Calls `body` with the bytes of the last ``CallEvent/media(_:)``, in the wire's encoding.
    package func withMedia<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch platform {
        case .ivrSolutions(let dialect): try dialect.withMedia(body)
        case .exotel(let dialect): try dialect.withMedia(body)
        case .twilio(let dialect): try dialect.withMedia(body)
        case .plivo(let dialect): try dialect.withMedia(body)
        case .telnyx(let dialect): try dialect.withMedia(body)
        case .vonage(let dialect): try dialect.withMedia(body)
        case .asterisk(let dialect): try dialect.withMedia(body)
        case .jambonz(let dialect): try dialect.withMedia(body)
        case .genesys(let dialect): try dialect.withMedia(body)
        case .ozonetel(let dialect): try dialect.withMedia(body)
        case .taken: try MediaBuffer().withBytes(body)
        }
    }
}
