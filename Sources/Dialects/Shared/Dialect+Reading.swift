// SPDX-License-Identifier: Apache-2.0

package import CallModel

extension Dialect {
    /// Reads one text message; the bytes of a ``CallEvent/media(_:)`` are then found by ``withMedia(_:)``.
    ///
    /// Caller audio in the usual spelling is read without the platform's own dialect, which makes the same of it.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        if scansMedia, let header = MediaScanner.scan(text, into: &media) { return .media(settle(header)) }
        return try decodeAny(text: text)
    }

    /// Calls `body` with the bytes of the last message, if that was a ``CallEvent/media(_:)``, in the wire's encoding.
    @inlinable
    package func withMedia<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try media.withBytes(body)
    }

    /// Makes of scanned audio what the platform means by it.
    @inline(__always)
    private mutating func settle(_ header: MediaHeader) -> MediaHeader {
        guard name == .plivo || name == .telnyx else { return header }
        return settleAny(header)
    }

    private mutating func settleAny(_ header: MediaHeader) -> MediaHeader {
        switch take() {
        case .plivo(var dialect):
            defer { platform = .plivo(dialect) }
            return settle(header, &dialect)
        case .telnyx(var dialect):
            defer { platform = .telnyx(dialect) }
            return settle(header, &dialect)
        case let other:
            platform = other
            return header
        }
    }

    /// Has the platform's own dialect read a message.
    private mutating func decodeAny(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        switch take() {
        case .ivrSolutions(var dialect):
            defer { platform = .ivrSolutions(dialect) }
            return try read(text, &dialect)
        case .exotel(var dialect):
            defer { platform = .exotel(dialect) }
            return try read(text, &dialect)
        case .twilio(var dialect):
            defer { platform = .twilio(dialect) }
            return try read(text, &dialect)
        case .plivo(var dialect):
            defer { platform = .plivo(dialect) }
            return try read(text, &dialect)
        case .telnyx(var dialect):
            defer { platform = .telnyx(dialect) }
            return try read(text, &dialect)
        case .vonage(var dialect):
            defer { platform = .vonage(dialect) }
            return try read(text, &dialect)
        case .asterisk(var dialect):
            defer { platform = .asterisk(dialect) }
            return try read(text, &dialect)
        case .jambonz(var dialect):
            defer { platform = .jambonz(dialect) }
            return try read(text, &dialect)
        case .genesys(var dialect):
            defer { platform = .genesys(dialect) }
            return try read(text, &dialect)
        case .ozonetel(var dialect):
            defer { platform = .ozonetel(dialect) }
            return try read(text, &dialect)
        case .taken: return .ignored(.incomplete("dialect"))
        }
    }

    /// Takes one binary message.
    package mutating func decode(binary: Span<UInt8>) throws(DialectError) -> CallEvent {
        switch take() {
        case .ivrSolutions(var dialect):
            defer { platform = .ivrSolutions(dialect) }
            return try take(binary, &dialect)
        case .exotel(var dialect):
            defer { platform = .exotel(dialect) }
            return try take(binary, &dialect)
        case .twilio(var dialect):
            defer { platform = .twilio(dialect) }
            return try take(binary, &dialect)
        case .plivo(var dialect):
            defer { platform = .plivo(dialect) }
            return try take(binary, &dialect)
        case .telnyx(var dialect):
            defer { platform = .telnyx(dialect) }
            return try take(binary, &dialect)
        case .vonage(var dialect):
            defer { platform = .vonage(dialect) }
            return try take(binary, &dialect)
        case .asterisk(var dialect):
            defer { platform = .asterisk(dialect) }
            return try take(binary, &dialect)
        case .jambonz(var dialect):
            defer { platform = .jambonz(dialect) }
            return try take(binary, &dialect)
        case .genesys(var dialect):
            defer { platform = .genesys(dialect) }
            return try take(binary, &dialect)
        case .ozonetel(var dialect):
            defer { platform = .ozonetel(dialect) }
            return try take(binary, &dialect)
        case .taken: return .ignored(.incomplete("dialect"))
        }
    }

    private mutating func read(
        _ text: Span<UInt8>,
        _ dialect: inout some PlatformDialect
    ) throws(DialectError) -> CallEvent {
        swap(&media, &dialect.reader.media)
        defer { swap(&media, &dialect.reader.media) }
        let event = try dialect.decode(text: text)
        if case .start = event { audioEnvelope = dialect.audioEnvelope }
        return event
    }

    private mutating func settle(_ header: MediaHeader, _ dialect: inout some PlatformDialect) -> MediaHeader {
        swap(&media, &dialect.reader.media)
        defer { swap(&media, &dialect.reader.media) }
        return dialect.settle(header)
    }

    private mutating func take(
        _ binary: Span<UInt8>,
        _ dialect: inout some PlatformDialect
    ) throws(DialectError) -> CallEvent {
        swap(&media, &dialect.reader.media)
        defer { swap(&media, &dialect.reader.media) }
        return try dialect.decode(binary: binary)
    }
}
