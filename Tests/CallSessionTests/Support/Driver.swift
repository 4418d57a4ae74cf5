// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

/// Runs a session in virtual time against a player: advances it at each of its deadlines, carries out what it asks.
struct Driver {
    static let everything = DialectCapabilities(
        clear: true,
        marks: true,
        sendDigits: true,
        hangUp: true,
        transfers: Set(TransferTarget.Kind.allCases),
        closeMeaning: .unknown
    )

    var session: CallSession
    var player: Player
    let wire: AudioFormat
    let bot: AudioFormat
    /// Nanoseconds; the call begins at 0.
    private(set) var now: Int64 = 0
    var timeline = Timeline()
    /// Caller audio that reached the bot, and the position of its first sample.
    private(set) var heard: [Int16] = []
    private(set) var heardFrom: Int64?
    private(set) var credit: Int64 = 0
    /// Everything written as audio, and when each frame was.
    private(set) var written: [UInt8] = []
    private(set) var frames: [(time: Int64, bytes: Int)] = []
    private(set) var summaries: [CallSummary] = []
    private(set) var notifications: [(event: Call.Event, position: Int64)] = []
    private(set) var reading: LedgerReading?
    var keepsWritten = true
    /// What sounds at the caller's end, where somebody asks.
    var line: Line?

    init(
        wire: AudioFormat = .linear8kHz,
        bot: AudioFormat = .linear8kHz,
        capabilities: DialectCapabilities = everything,
        player: Player? = nil,
        starts: Bool = true,
        configure: (inout CallSessionConfiguration) -> Void = { _ in }
    ) {
        var configuration = CallSessionConfiguration(botFormat: bot, capabilities: capabilities)
        configuration.examinesAudio = false
        configuration.idleTime = nil
        configure(&configuration)
        session = CallSession(configuration: configuration, openedAt: CallInstant(nanoseconds: 0))
        self.player = player ?? Player(rate: wire.sampleRate, mode: .never)
        self.wire = wire
        self.bot = bot
        guard starts else { return }
        start()
        timeline.removeAll()
    }

    var instant: CallInstant { CallInstant(nanoseconds: now) }

    static func callStart(_ wire: AudioFormat) -> CallStart {
        CallStart(callID: CallID("c"), streamID: "s", platform: "test", format: wire)
    }

    mutating func start() { receive(.start(Self.callStart(wire))) }

    // MARK: Time

    /// Lets time pass up to `milliseconds`, with everything that falls due on the way.
    mutating func run(until milliseconds: Double) { run(untilNanoseconds: Int64(milliseconds * 1_000_000)) }

    mutating func run(untilNanoseconds end: Int64) {
        var turnsInPlace = 0
        while true {
            let deadline = session.nextDeadline?.nanoseconds
            let due = [deadline, player.nextAnswer].compactMap(\.self).min() ?? .max
            guard due <= end else { break }
            turnsInPlace = due <= now ? turnsInPlace + 1 : 0
            guard turnsInPlace < 100 else {
                Issue.record(
                    "no progress at \(Timeline.milliseconds(now)) ms, due \(due): \(String(describing: deadline)), phase \(session.phase), queue \(session.queue.map(\.kind)), playing \(session.playing.count), collecting \(session.digits.isCollecting), reading \(session.ledger.reading)\n\(timeline.text)"
                )
                return
            }
            now = max(now, due)
            if let answer = player.nextAnswer, answer <= now {
                receive(.mark(player.takeAnswer()))
            } else {
                session.advance(at: instant)
                carryOut()
            }
        }
        now = max(now, end)
    }

    /// Lets time pass without looking at the session: a stall.
    mutating func stall(until milliseconds: Double) {
        now = Int64(milliseconds * 1_000_000)
        session.advance(at: instant)
        carryOut()
    }

    /// Changes the session at `milliseconds`.
    mutating func at(_ milliseconds: Double, _ body: (inout Driver) -> Void) {
        run(until: milliseconds)
        body(&self)
    }

    // MARK: The platform's side

    mutating func receive(_ event: CallEvent, media: [UInt8] = []) {
        session.receive(event, media: media.span, at: instant)
        carryOut()
    }

    mutating func media(_ bytes: [UInt8], sequence: Int? = nil) {
        receive(.media(MediaHeader(sequenceNumber: sequence)), media: bytes)
    }

    mutating func media(_ samples: [Int16]) { media(Signal.bytes(samples)) }

    mutating func press(_ digits: String) {
        for digit in digits.compactMap(DTMFDigit.init) { receive(.digit(digit, duration: nil)) }
    }

    mutating func change(_ body: (inout CallSession, CallInstant) -> Void) {
        body(&session, instant)
        carryOut()
    }

    // MARK: The bot's side

    mutating func ask(_ request: BotRequest) {
        session.receive(request, at: instant)
        carryOut()
    }

    mutating func play(_ number: UInt64, milliseconds: Int, _ policy: InterruptionPolicy = .allowed) {
        play(number, Signal.ramp(bot.sampleRate * milliseconds / 1_000), policy)
    }

    mutating func play(_ number: UInt64, _ samples: [Int16], _ policy: InterruptionPolicy = .allowed) {
        let prompt = Prompt(AudioChunk(linear: samples, format: bot, position: 0))
        ask(.play(RequestID(number), PlaybackID(number), prompt, policy))
    }

    mutating func say(_ samples: [Int16], _ policy: InterruptionPolicy = .allowed) {
        ask(.say(AudioChunk(linear: samples, format: bot, position: 0), [], policy))
    }

    mutating func say(milliseconds: Int, _ policy: InterruptionPolicy = .allowed) {
        say(Signal.ramp(bot.sampleRate * milliseconds / 1_000), policy)
    }

    // MARK: Carrying out

    private mutating func carryOut() {
        if !summaries.isEmpty, !session.outputs.isEmpty { Issue.record("outputs after the end: \(session.outputs)") }
        for output in session.outputs {
            if let text = Timeline.describe(output) { timeline.append(text, at: now) }
            switch output {
            case .deliver(let range, let position):
                if heardFrom == nil { heardFrom = position }
                if position != (heardFrom ?? 0) + Int64(heard.count) {
                    Issue.record("audio at \(position) after \(heard.count) samples from \(heardFrom ?? 0)")
                }
                heard += session.heardSamples[range]
            case .credit(let nanoseconds): credit += nanoseconds
            case .reading(let new): reading = new
            case .audio(let range):
                frames.append((now, range.count))
                if keepsWritten { written += session.wireBytes[range] }
                line?.play(session.wireBytes[range], from: max(now + player.delay, player.end ?? 0))
                player.give(range.count / wire.encoding.bytesPerSample, at: now)
            case .command(.clear):
                player.clear(at: now)
                line?.clear(at: now)
            case .command(.mark(let name)): player.mark(name, at: now)
            case .finished(let summary): summaries.append(summary)
            case .notify(let event, let position): notifications.append((event, position))
            default: break
            }
        }
        session.clearOutputs()
    }
}
