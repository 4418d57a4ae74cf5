// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Dialects
import NIOCore
import VoiceBridge

extension FuzzTarget {
    /// A whole call from hostile messages, one a line.
    ///
    /// A line that begins with a byte below 32 is time, digits of a bot, or a binary message. The first byte of all, halved, is the dialect's place among their names; beyond them it is
    /// the first.
    ///
    /// Time goes on, the queues stay bounded, and the call is reported over once.
    static let call = FuzzTarget(name: "call") { input in
        let first = Int(input.first ?? 0)
        let names = DialectName.allCases
        let name = first / 2 < names.count ? names[first / 2] : .ivrSolutions
        let options = BotOptions(name == .ivrSolutions ? ["marks": .flag(first & 1 == 0)] : [:])
        guard var dialect = try? Dialect(name: name, options: options, random: { 7 }) else { return nil }
        var configuration = CallSessionConfiguration(botFormat: .linear16kHz, capabilities: dialect.capabilities)
        configuration.usesMarks = dialect.capabilities.marks
        var now = CallInstant(nanoseconds: 1_000_000_000)
        var session = CallSession(configuration: configuration, openedAt: now)
        var story = CallStory()
        for line in input.dropFirst().split(separator: UInt8(ascii: "\n"), maxSplits: 200) {
            now = now + .milliseconds(Int(line.count) % 64)
            guard let first = line.first else { continue }
            switch first {
            case 0..<8: session.receive(BotRequest(fuzz: line), at: now)
            case 8..<16:
                now = now + .milliseconds(Int(line.last ?? 0) * 40)
                session.advance(at: now)
            case 16..<24: session.writabilityChanged(first & 1 == 0, at: now)
            case 24..<28:
                if let event = try? dialect.decode(binary: Array(line).span) { pass(event, &dialect, &session, now) }
            case 28..<32: session.shutDown(at: now)
            default:
                do {
                    pass(try dialect.decode(text: Array(line).span), &dialect, &session, now)
                } catch {
                    if let error = error as? DialectError, let code = error.closeCode {
                        let reason = EndReason(side: .error, code: error.shortDescription, detail: error.description)
                        session.fail(reason, closing: code, at: now)
                    } else {
                        session.receiveMalformed("\(error)", isNotJSON: true, at: now)
                    }
                }
            }
            if let fault = story.take(&session, &dialect, at: now) { return fault }
        }
        session.socketClosed(nil, at: now)
        if let fault = story.take(&session, &dialect, at: now) { return fault }
        session.receive(.returned, at: now)
        if let fault = story.take(&session, &dialect, at: now) { return fault }
        return story.ends == 1 ? nil : "the call was reported over \(story.ends) times"
    }

    private static func pass(
        _ event: CallEvent,
        _ dialect: inout Dialect,
        _ session: inout CallSession,
        _ now: CallInstant
    ) {
        if case .start(let start) = event { session.framing = dialect.framing(for: start.outboundFormat) }
        dialect.withMedia { session.receive(event, media: $0, at: now) }
    }
}

/// What came of a call so far.
private struct CallStory {
    var ends = 0

    /// Takes the session's outputs; returns what is wrong with them.
    mutating func take(_ session: inout CallSession, _ dialect: inout Dialect, at now: CallInstant) -> String? {
        var buffer = ByteBuffer()
        var replies = 0
        while dialect.takeReply(into: &buffer) != .none {
            replies += 1
            guard replies <= 16 else { return "answers without end" }
        }
        for output in session.outputs {
            switch output {
            case .finished: ends += 1
            case .audio(let range):
                guard range.upperBound <= session.wireBytes.count, !range.isEmpty else { return "a frame of \(range)" }
                buffer.clear()
                let frame = session.wireBytes.span.extracting(range)
                let most = dialect.audioMessageLength(payloadBytes: range.count)
                _ = dialect.encodeAudio(frame, into: &buffer)
                guard buffer.readableBytes <= most else { return "a message of \(buffer.readableBytes) bytes" }
            case .command(let command): _ = try? dialect.encode(command, into: &buffer)
            case .deliver(let range, _):
                guard range.upperBound <= session.heardSamples.count else { return "delivery of \(range)" }
            default: continue
            }
        }
        session.clearOutputs()
        // What is due is done at once: a deadline that stays in the past would keep a core busy.
        for _ in 0..<1_000 {
            guard let deadline = session.nextDeadline, deadline <= now else { return nil }
            session.advance(at: now)
            for case .finished in session.outputs { ends += 1 }
            session.clearOutputs()
        }
        return "the deadline stays in the past"
    }
}

extension BotRequest {
    /// A request out of a line's bytes.
    fileprivate init(fuzz line: ArraySlice<UInt8>) {
        let size = Int(line.last ?? 0)
        let id = RequestID(UInt64(size))
        let samples = [Int16](repeating: 1_000, count: size * 40 + 1)
        let chunk = AudioChunk(samples: samples, sampleRate: size & 1 == 0 ? 16_000 : 8_000)
        let prompt = Prompt(chunk ?? .tone(frequency: 440, duration: .milliseconds(20)))
        switch size % 12 {
        case 0: self = .listen
        case 1, 2: self = .say(prompt.audio, [], .allowed)
        case 3: self = .finishSpeech(id)
        case 4, 5: self = .play(id, PlaybackID(UInt64(size)), prompt, InterruptionPolicy.allCases[size % 3])
        case 6: self = .flush
        case 7: self = .collect(id, DigitCollection(count: size % 4 + 1))
        case 8: self = .cancel(id)
        case 9: self = .transfer(id, .extension("1"), size & 16 == 0 ? .now : .afterPlayout)
        case 10: self = .hangUp(size & 16 == 0 ? .now : .afterPlayout, reason: nil)
        default: self = size & 16 == 0 ? .returned : .failed("fuzz")
        }
    }
}
