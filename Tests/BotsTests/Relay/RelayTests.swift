// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import Synchronization
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

/// A relay that plays back what it hears, as it came, and notes what it is told.
final class EchoRelay: CallRelay {
    let link: any RelayLink
    let bot: EchoRelayBot

    init(link: any RelayLink, bot: EchoRelayBot) {
        self.link = link
        self.bot = bot
    }

    func begin(at now: CallInstant) { bot.note("begin") }

    func receive(media bytes: Span<UInt8>, at now: CallInstant) {
        let utterance = RelayUtterance(id: PlaybackID(1 << 61), format: bot.format, policy: bot.policy)
        if !link.play(bytes, in: utterance) { bot.note("refused") }
    }

    func receive(_ event: Call.Event, at now: CallInstant) {
        switch event {
        case .playback(_, .ended(let outcome)): bot.note("\(outcome)")
        case .digit(let digit, _) where digit.character == "1": link.flush()
        case .digit(let digit, _) where digit.character == "2": link.finish(PlaybackID(1 << 61))
        case .digit(let digit, _) where digit.character == "3": link.hangUp(reason: "three")
        case .ended: bot.note("ended")
        default: break
        }
    }

    func receive(message: any Sendable, at now: CallInstant) { bot.note("\(message)") }
    var nextDeadline: CallInstant? { nil }
    func advance(at now: CallInstant) {}
}

/// A bot whose relay is an ``EchoRelay``.
final class EchoRelayBot: RelayingHandler {
    let format: AudioFormat
    let policy: InterruptionPolicy
    let audioFormat = AudioFormat.linear8kHz
    private let notes = Mutex<[String]>([])

    init(format: AudioFormat, policy: InterruptionPolicy = .protected) {
        self.format = format
        self.policy = policy
    }

    var noted: [String] { notes.withLock { $0 } }
    func note(_ text: String) { notes.withLock { $0.append(text) } }

    func converse(on call: Call) async throws {
        call.attach { EchoRelay(link: $0, bot: self) }
        call.tellRelay("hello")
        try await call.waitUntilEnded()
    }
}

@Suite("Relays") struct RelayTests {
    private func call(
        _ bot: EchoRelayBot,
        _ format: SimulatedAudioFormat = .pcm8kHz,
        digits: String = "",
        spoken: [Int16] = EchoTests.noise(32_000),
        duration: Duration? = nil
    ) throws -> Conversation {
        let digits = digits.isEmpty ? [] : try ScheduledDigit.schedule(digits)
        return try Conversation(bot, latency: .milliseconds(5)) {
            $0.format = format
            $0.callerAudio = spoken
            $0.digits = digits
            $0.startsEagerly = true
            $0.duration = duration
        }
    }

    @Test(
        "Every sample goes through as the wire has it, from the call's first",
        arguments: [
            (SimulatedAudioFormat.pcm8kHz, AudioFormat.linear8kHz), (.ulaw8kHz, .muLaw8kHz), (.alaw8kHz, .aLaw8kHz),
        ]
    )
    func passesThrough(wire: SimulatedAudioFormat, format: AudioFormat) throws {
        let bot = EchoRelayBot(format: format)
        let spoken = EchoTests.noise(32_000)
        let call = try call(bot, wire, spoken: spoken)
        let once = try #require(wire.decode(wire.encode(spoken)))
        #expect(call.result.violations == [])
        let first = try #require(call.result.heard.firstIndex(of: once[0]))
        #expect(call.result.heard[first...].prefix(24_000).elementsEqual(once.prefix(24_000)))
        #expect(bot.noted.prefix(2) == ["begin", "hello"])
        #expect(bot.noted.last == "ended")
    }

    @Test("Audio of another format is converted to the wire's")
    func converts() throws {
        // The caller's bytes are taken for µ-law at 8 kHz, two for each sample: they are played at half the speed.
        let call = try call(
            EchoRelayBot(format: .muLaw8kHz),
            spoken: [Int16](repeating: 0, count: 8_000),
            duration: .seconds(1)
        )
        #expect(call.result.violations == [])
        // µ-law's byte 0 is its loudest.
        #expect(call.result.heard.contains(-32_124))
    }

    @Test("A flush takes back what waits, and the utterance's end tells how much was heard of it")
    func flush() throws {
        // Twice as much is said as is played: after 2 s, 2 s wait.
        let bot = EchoRelayBot(format: .muLaw8kHz)
        let call = try call(bot, digits: "1@2.0", duration: .seconds(3))
        let outcome = try #require(bot.noted.first { $0.hasPrefix("interrupted") })
        let heard = try #require(outcome.split(separator: " ").dropFirst().first.flatMap { Double($0) })
        #expect((1.8...2.05).contains(heard))
        #expect(call.commands.contains("audio.clear"))
    }

    @Test("A key interrupts an utterance that keys may interrupt, before the relay is told of it")
    func policy() throws {
        let bot = EchoRelayBot(format: .muLaw8kHz, policy: .digitsOnly)
        let call = try call(bot, digits: "7@2.0", duration: .seconds(3))
        #expect(bot.noted.contains { $0.hasPrefix("interrupted") })
        #expect(call.commands.first == "audio.clear")
    }

    @Test("A hang-up waits until what was said is complete and heard, and nothing new is said then")
    func hangUp() throws {
        let bot = EchoRelayBot(format: .linear8kHz)
        let call = try call(bot, digits: "3@1.0,2@1.5", duration: .seconds(10))
        #expect(call.result.endedBy == .bot)
        #expect(call.result.playback.heard >= 11_500)
        #expect(bot.noted.contains("finished"))
        #expect(bot.noted.contains("refused"))
    }
}
