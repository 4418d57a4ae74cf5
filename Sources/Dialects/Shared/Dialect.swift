// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

/// The wire language of one platform, for one call: messages in, events out; commands in, messages out.
///
/// One type over all platforms, so that the way of the audio has no existential: a value of this type is kept by the
/// call's handler and changed in place.
///
/// ## How a dialect is added
///
/// 1. A case of ``DialectName``, whose raw value is the name in configurations, paths and metrics.
/// 2. A folder of its own with three types: its settings (`init(options:)` and the `options` they come from), the
///    dialect itself (the calls that this type forwards, `details`, `capabilities`, `framing`), and what its HTTP side
///    needs, as `HTTPReceiver`s.
/// 3. Reading: one ``JSONDocument`` kept in the dialect, parsed for each message; audio straight from the text into a
///    ``MediaBuffer`` by ``Base64``; nothing that allocates on the way of the audio; `MessageFields`,
///    `CallParameters`, `EncodingName` and `LocalIdentifier` for the messages that come once in a call. Whatever is
///    well formed and means nothing is `.ignored`, never an error.
/// 4. Writing: fixed texts with ``NIOCore/ByteBuffer/writeJSONString(_:)`` and ``NIOCore/ByteBuffer/writeBase64(_:)``
///    between them, checked before the first byte is written. A dialect only translates: no queue, no clock, no
///    resampling, no requests to the platform.
/// 5. A case of `Platform` below, and one line in each `switch` of this file; the compiler names them.
/// 6. Tests: golden messages typed from the platform's document in both directions, a row for each rule, and the
///    splits and spellings that its users report.
package struct Dialect: Sendable {
    private enum Platform: Sendable {
        /// While a dialect is being changed, so that it is the only holder of its buffers and they are not copied.
        case taken
        case ivrSolutions(IVRSolutionsDialect)
    }

    /// Which dialect it is.
    package let name: DialectName
    /// What the wire carries with the options of the route.
    package let capabilities: DialectCapabilities
    private var platform: Platform

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - name: which dialect.
    ///   - options: the route's options, as ``DialectDescription/options`` describes them.
    ///   - random: a source of random numbers for ids that the platform does not send.
    /// - Throws: when an option has a bad value.
    package init(
        name: DialectName,
        options: BotOptions = BotOptions(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) throws(DialectError) {
        self.name = name
        switch name {
        case .ivrSolutions:
            let settings = try IVRSolutionsSettings(options: options)
            capabilities = IVRSolutionsDialect.capabilities(settings)
            platform = .ivrSolutions(IVRSolutionsDialect(settings: settings, random: random))
        }
    }

    /// Reads one text message; the bytes of a ``CallEvent/media(_:)`` are then found by ``withMedia(_:)``.
    package mutating func decode(text: Span<UInt8>) throws(DialectError) -> CallEvent {
        switch take() {
        case .ivrSolutions(var dialect):
            do {
                let event = try dialect.decode(text: text)
                platform = .ivrSolutions(dialect)
                return event
            } catch {
                platform = .ivrSolutions(dialect)
                throw error
            }
        case .taken: return .ignored(.incomplete("dialect"))
        }
    }

    /// Takes one binary message.
    package mutating func decode(binary: Span<UInt8>) throws(DialectError) -> CallEvent {
        switch take() {
        case .ivrSolutions(var dialect):
            let event = dialect.decode(binary: binary)
            platform = .ivrSolutions(dialect)
            return event
        case .taken: return .ignored(.incomplete("dialect"))
        }
    }

    /// Calls `body` with the bytes of the last ``CallEvent/media(_:)``, in the wire's encoding.
    package func withMedia<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch platform {
        case .ivrSolutions(let dialect): try dialect.withMedia(body)
        case .taken: try MediaBuffer().withBytes(body)
        }
    }

    /// Writes one command as one message; `.none` with nothing written when the platform has none for it.
    package mutating func encode(
        _ command: CallCommand,
        into buffer: inout ByteBuffer
    ) throws(DialectError) -> OutboundFrame {
        switch platform {
        case .ivrSolutions(let dialect): try dialect.encode(command, into: &buffer)
        case .taken: .none
        }
    }

    /// Writes one piece of audio, in the wire's encoding, as one message.
    package mutating func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        switch platform {
        case .ivrSolutions(let dialect): dialect.encodeAudio(bytes, into: &buffer)
        case .taken: .none
        }
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` would write next for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int {
        switch platform {
        case .ivrSolutions(let dialect): dialect.audioMessageLength(payloadBytes: payloadBytes)
        case .taken: 0
        }
    }

    /// Sizes of audio messages that the platform likes, at the wire's format.
    package func framing(for format: AudioFormat) -> AudioFraming? {
        switch platform {
        case .ivrSolutions(let dialect): dialect.framing(for: format)
        case .taken: nil
        }
    }

    private mutating func take() -> Platform {
        let taken = platform
        platform = .taken
        return taken
    }
}
