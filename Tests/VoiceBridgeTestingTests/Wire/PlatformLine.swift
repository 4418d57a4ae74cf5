// SPDX-License-Identifier: Apache-2.0
import CallModel
import Dialects
import NIOCore
import Testing
import VoiceBridgeTesting

/// A simulated platform and a dialect, message by message, without a session between them.
struct PlatformLine {
    /// How the dialect cuts audio for the platform.
    let framing: AudioFraming
    /// What was said, as the platform's caller has to hear it.
    private(set) var said: [Int16] = []
    private var platform: SimulatedPlatform
    private var dialect: Dialect
    private var now = Duration.zero
    private let format: SimulatedAudioFormat

    /// A call that has begun.
    init(_ configuration: SimulatedCallConfiguration, options: [String: BotOptionValue]) throws {
        format = configuration.format
        let name = try #require(DialectName(rawValue: configuration.dialect.rawValue))
        var dialect = try Dialect(name: name, options: BotOptions(options))
        var platform = SimulatedPlatform(configuration)
        platform.advance(to: .zero)
        try Self.answer(&platform, &dialect, at: .zero)
        let encoding = try #require(AudioEncoding(rawValue: format.encoding.rawValue))
        let wire = try #require(AudioFormat(encoding: encoding, sampleRate: format.sampleRate))
        let rules = try #require(dialect.framing(for: wire))
        let frame = wire.sampleCount(for: .milliseconds(20)) * wire.encoding.bytesPerSample
        framing = rules.settled(
            on: max(frame, rules.bytesPerFrame),
            bytesPerSample: wire.encoding.bytesPerSample
        )
        (self.platform, self.dialect) = (platform, dialect)
    }

    /// Says so many bytes in one message, none of whose samples is silence.
    mutating func say(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(1 + ($0 + said.count) % 100) }
        said += format.decode(bytes) ?? []
        var buffer = ByteBuffer()
        switch dialect.encodeAudio(bytes.span, into: &buffer) {
        case .text: platform.receive(text: Array(buffer.readableBytesView), at: now)
        case .binary: platform.receive(binary: Array(buffer.readableBytesView), at: now)
        case .none: Issue.record("nothing was written")
        }
        // Not faster than it is heard, nor than any platform takes messages.
        let length = count / format.bytesPerSample * 1_000 / format.sampleRate + 1
        now += .milliseconds(max(250, length))
        platform.advance(to: now)
        try Self.answer(&platform, &dialect, at: now)
    }

    /// What the call came to once all was heard.
    mutating func finish() -> SimulatedCallResult { platform.result(at: now + .seconds(60)) }

    /// Hands what the platform has sent to the dialect, and what the protocol demands in answer back.
    private static func answer(_ platform: inout SimulatedPlatform, _ dialect: inout Dialect, at now: Duration) throws {
        while let action = platform.nextAction() {
            guard case .text(let text) = action else { continue }
            _ = try dialect.decode(text: text.utf8.span)
            var buffer = ByteBuffer()
            while dialect.takeReply(into: &buffer) != .none {
                platform.receive(text: Array(buffer.readableBytesView), at: now)
                buffer.clear()
            }
        }
    }
}
