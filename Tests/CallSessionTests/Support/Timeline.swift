// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import VoiceBridge

/// What a session did and when, as lines of text such as `200 ms  clear`.
///
/// Frames of audio in a row are one line.
struct Timeline {
    private var lines: [(first: Int64, last: Int64, count: Int, text: String)] = []

    mutating func append(_ text: String, at nanoseconds: Int64) {
        if text == "audio", let last = lines.indices.last, lines[last].text == text {
            lines[last].last = nanoseconds
            lines[last].count += 1
        } else {
            lines.append((nanoseconds, nanoseconds, 1, text))
        }
    }

    mutating func removeAll() { lines = [] }

    var text: String {
        lines.map { line in
            let time = Self.milliseconds(line.first)
            guard line.count > 1 else { return "\(time) ms  \(line.text)" }
            let span = line.last == line.first ? time : "\(time)…\(Self.milliseconds(line.last))"
            return "\(span) ms  \(line.text) ×\(line.count)"
        }.joined(separator: "\n")
    }

    /// Lines whose text begins so.
    func lines(_ prefix: String) -> [(milliseconds: Double, text: String)] {
        lines.filter { $0.text.hasPrefix(prefix) }.map { (Double($0.first) / 1_000_000, $0.text) }
    }

    /// The text of lines, without times.
    var texts: [String] { lines.map(\.text) }

    /// Milliseconds, with a fraction only when there is one.
    static func milliseconds(_ nanoseconds: Int64) -> String {
        let whole = nanoseconds / 1_000_000
        let rest = nanoseconds % 1_000_000
        return rest == 0 ? "\(whole)" : "\(Double(nanoseconds) / 1_000_000)"
    }

    /// One output in words; nil for those that tests look at in other ways.
    static func describe(_ output: CallSessionOutput) -> String? {
        switch output {
        case .startBot: "start bot"
        case .deliver, .credit, .reading: nil
        case .notify(let event, _): "event \(describe(event))"
        case .reply(let id, let reply): "reply \(id.number) \(describe(reply))"
        case .command(let command): describe(command)
        case .audio: "audio"
        case .endBot(let reason, _): "end bot" + " (\(reason.code))"
        case .askOutOfBand(let number, let action): "ask \(number) \(action.word)"
        case .abandonOutOfBand(let number): "abandon \(number)"
        case .handOverDue: "hand-over due"
        case .close(let code, _): "close \(code)"
        case .finished(let summary): "finished \(summary.reason.side.rawValue): \(summary.reason.code)"
        case .note(let note): "note \(describe(note))"
        }
    }

    private static func describe(_ note: CallNote) -> String {
        switch note {
        case .malformedMessage: "malformed"
        case .unknownMessage(let name): "unknown \(name)"
        case .marksAreSuspect: "marks are suspect"
        case .complaint(let text): "complaint \(text)"
        case .turnMeasured: "turn measured"
        case .badAudio(let fault): "bad audio: \(fault.side.rawValue): \(fault.kind)"
        case .platformDidNotEnd(let attempt): "platform did not end \(attempt)"
        case .botOverdue: "bot overdue"
        case .botFailed: "bot failed"
        case .botTooSlow: "bot too slow"
        case .botTooFast: "bot too fast"
        case .recordingBegan: "recording began"
        case .outOfBand(let outcome): "out of band \(outcome)"
        case .bot(let text): "bot: \(text)"
        }
    }

    private static func describe(_ command: CallCommand) -> String {
        switch command {
        case .utteranceEnd: "utterance end"
        case .clear: "clear"
        case .mark(let name): "mark \(name)"
        case .digits(let digits): "keys \(digits)"
        case .hangUp(let reason): "hangup \(reason ?? "")"
        case .transfer(let target): "transfer \(target.kind.rawValue)"
        }
    }

    private static func describe(_ reply: BotReply) -> String {
        switch reply {
        case .done: "done"
        case .playback(let outcome): describe(outcome)
        case .digits(let collected): "'\(collected.digits)' \(collected.completion.rawValue)"
        case .text(let text): "text '\(text)'"
        case .failed(let error): "failed \(error.shortDescription)"
        }
    }

    private static func describe(_ outcome: PlaybackOutcome) -> String {
        switch outcome {
        case .finished: "finished"
        case .interrupted(let place): "interrupted at \(milliseconds(place.wholeNanoseconds)) ms"
        }
    }

    private static func describe(_ event: Call.Event) -> String {
        switch event {
        case .audio: "audio"
        case .digit(let digit, _): "digit \(digit)"
        case .speechStarted: "speech started"
        case .speechEnded: "speech ended"
        case .turnEnded(let turn): "turn ended \(turn.reason.rawValue)"
        case .interrupted(let heard): "interrupted at \(heard.position.wholeMilliseconds) ms"
        case .resumed: "resumed"
        case .idle(let times): "idle \(times)"
        case .turnMeasured(let timings): "measured \(timings)"
        case .answering(let verdict): "answering \(verdict.answerer) \(verdict.evidence)"
        case .playback(let id, .started): "\(describe(id)) started"
        case .playback(let id, .ended(let outcome)): "\(describe(id)) \(describe(outcome))"
        case .ended: "ended"
        }
    }

    private static func describe(_ id: PlaybackID) -> String {
        id.number >= 1 << 62 ? "own \(id.number - 1 << 62)" : "playback \(id.number)"
    }
}
