// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore
import Testing
import VoiceBridge

@testable import Bots

/// Plays a dialogue written down as text, and writes down what came of it.
///
/// Each line has a time in milliseconds and a sign: `<` the service says, `!` the call or a tool, and, as answers, `>` what we
/// tell the service, `*` what we ask of the call. Answers in the text are not played but compared: a dialogue that is the
/// same after playing is as it should be. The caller hears audio in real time from when it comes.
struct Dialogue {
    var session: RealtimeSession
    private var now = CallInstant(nanoseconds: 1_000_000_000_000)
    private let origin = CallInstant(nanoseconds: 1_000_000_000_000)
    private var lines: [String] = []
    private var utterances: [(id: PlaybackID, bytes: Int, isClosed: Bool)] = []
    /// When the first of the utterances began to be heard.
    private var began: CallInstant?
    private var isCarryingOut = false

    init(
        _ configure: (inout RealtimeSettings) -> Void = { _ in },
        format: AudioFormat = .muLaw8kHz,
        parameters: [String: String] = [:],
        tools: [ToolDescription] = []
    ) {
        var settings = RealtimeSettings()
        settings.instructions = "Be brief."
        configure(&settings)
        let start = CallStart(
            callID: CallID("c"),
            streamID: "s",
            platform: "ivr-solutions",
            format: format,
            parameters: parameters
        )
        session = RealtimeSession(settings: settings, start: start, tools: tools, firstPlayback: 1)
    }

    /// Plays a dialogue and expects it to come out as it is written.
    static func expect(
        _ text: String,
        _ configure: (inout RealtimeSettings) -> Void = { _ in },
        format: AudioFormat = .muLaw8kHz,
        parameters: [String: String] = [:],
        tools: [ToolDescription] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var dialogue = Dialogue(configure, format: format, parameters: parameters, tools: tools)
        let wanted = text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
        for line in wanted { dialogue.play(String(line)) }
        let expected = wanted.map(String.init).joined(separator: "\n")
        let came = dialogue.lines.joined(separator: "\n")
        #expect(came == expected, sourceLocation: sourceLocation)
    }

    /// Plays one line, if it is no answer.
    mutating func play(_ line: String) {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count >= 2, let milliseconds = Int(words[0]), words[1] == "<" || words[1] == "!" else { return }
        pass(to: origin + .milliseconds(milliseconds))
        lines.append(line)
        let text = words.count > 2 ? words[2] : ""
        if words[1] == "<" {
            let event = ServiceWords.event(text, format: session.format)
            session.receive(event.utf8.span, at: now)
        } else {
            stimulate(text)
        }
        carryOut()
    }

    private mutating func stimulate(_ text: String) {
        let words = text.split(separator: " ", maxSplits: 2).map(String.init)
        switch words[0] {
        case "begin": session.begin(at: now)
        case "open": session.opened(at: now)
        case "closed": session.closed(.closed(code: 1006, reason: ""), at: now)
        case "refused": session.closed(.refused(status: Int(words[1]) ?? 0, retryAfter: nil), at: now)
        case "untrusted": session.closed(.untrusted("its certificate is self-signed"), at: now)
        case "hear": session.hear([UInt8](repeating: 0xFF, count: (Int(words[1]) ?? 0) * 8).span, at: now)
        case "digit":
            flushPlayer()
            if let digit = DTMFDigit(Character(words[1])) { session.receive(.digit(digit, duration: nil), at: now) }
        case "speech": session.receive(words[1] == "begins" ? .speechStarted : .speechEnded, at: now)
        case "turn":
            let turn = Turn(startedAt: .zero, endedAt: .zero, reason: .silence, audio: 0..<1)
            session.receive(.turnEnded(turn), at: now)
        case "answer": session.toolFinished(words[1], .answer(words[2]), at: now)
        case "end-call":
            session.toolFinished(words[1], .endCall(farewell: words.count > 2 ? words[2] : nil), at: now)
        case "stuck": session.writabilityChanged(false, at: now)
        case "writable": session.writabilityChanged(true, at: now)
        case "ended": session.receive(.ended(EndReason(side: .caller, code: "stop")), at: now)
        case "wait": break
        default: Issue.record("there is no '\(text)'")
        }
    }

    /// Lets time pass: what is due on the way is done when it is due.
    private mutating func pass(to time: CallInstant) {
        while true {
            let due = [session.nextDeadline, endOfFirst].compactMap { $0 }.min()
            guard let due, due <= time else { break }
            now = max(now, due)
            if let end = endOfFirst, end <= now {
                let id = utterances.removeFirst().id
                began = utterances.isEmpty ? nil : now
                session.receive(.playback(id, .ended(.finished)), at: now)
            }
            session.advance(at: now)
            carryOut()
        }
        now = time
    }

    /// When the utterance that is heard will be over; nil while more may come.
    private var endOfFirst: CallInstant? {
        guard let first = utterances.first, first.isClosed, let began else { return nil }
        return began
            + session.format.audio.duration(ofSamples: first.bytes / session.format.audio.encoding.bytesPerSample)
    }

    private mutating func flushPlayer() {
        var heard = began.map { now - $0 } ?? .zero
        let stopped = utterances
        utterances = []
        began = nil
        for utterance in stopped {
            let length = Duration.milliseconds(session.format.milliseconds(ofBytes: utterance.bytes))
            let part = min(heard, length)
            heard = heard - part
            session.receive(.playback(utterance.id, .ended(.interrupted(at: part))), at: now)
        }
    }

    private mutating func carryOut() {
        guard !isCarryingOut else { return }
        isCarryingOut = true
        var index = 0
        while index < session.outputs.count {
            carryOut(session.outputs[index])
            index += 1
        }
        session.clearOutputs()
        isCarryingOut = false
    }

    private mutating func carryOut(_ output: RealtimeSession.Output) {
        switch output {
        case .send(let range):
            var text: [UInt8] = []
            session.events.withText(range) { span in for index in span.indices { text.append(span[index]) } }
            say(">", ServiceWords.shown(text, format: session.format))
        case .play(let id, let range):
            if !utterances.contains(where: { $0.id == id }) { utterances.append((id, 0, false)) }
            if began == nil { began = now }
            if let index = utterances.firstIndex(where: { $0.id == id }) { utterances[index].bytes += range.count }
            say("*", "play \(id.number) \(session.format.milliseconds(ofBytes: range.count)) ms")
        case .finish(let id):
            if let index = utterances.firstIndex(where: { $0.id == id }) { utterances[index].isClosed = true }
            say("*", "finish \(id.number)")
        case .flush:
            say("*", "flush")
            flushPlayer()
        case .connect: say("*", "connect")
        case .disconnect: say("*", "disconnect")
        case .run(let call): say("*", "run \(call.id) \(call.name) \(call.arguments)")
        case .stop(let call): say("*", "stop \(call)")
        case .hangUp: say("*", "hang up")
        case .note(let text): say("*", "note \(text)")
        case .fail(let error): say("*", "fail \(error)")
        // The note before it has the same figures.
        case .report: break
        }
    }

    private mutating func say(_ sign: String, _ text: String) {
        lines.append("\((now - origin).wholeMilliseconds) \(sign) \(text)")
    }
}
