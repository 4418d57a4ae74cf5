// SPDX-License-Identifier: Apache-2.0

import Bots
import VoiceBridge

/// A flow as text: what it does, line by line, and what becomes of it.
struct FlowTimeline {
    /// What becomes of the actions that ask for something, in order: `keys 12`, `keys` for none, `file /x.wav`, `who human`, `sent 17`, `fails`, or a
    /// status with JSON.
    var answers: [String]
    private(set) var lines: [String] = []

    /// Runs a flow until it is over or the answers are used up.
    init(_ flow: Flow, call: [String: String] = [:], _ answers: [String]) {
        self.answers = answers
        var interpreter = FlowInterpreter(flow, call: call)
        var action = interpreter.next(.begin)
        while let event = take(action) { action = interpreter.next(event) }
    }

    private mutating func take(_ action: FlowAction) -> FlowEvent? {
        switch action {
        case .speak(let line, let interruption):
            lines.append("say\(interruption == .digitsOnly ? "" : "/\(interruption)") \(Self.text(line))")
            return .done
        case .collect(let collection):
            let end = collection.terminator.map { " to \($0)" } ?? ""
            let discard = collection.discardsEarlier ? " anew" : ""
            lines.append(
                "ask\(discard) \(collection.count)\(end): \(collection.lines.map(Self.text).joined(separator: " | "))"
            )
        case .record(let recording): lines.append("record: \(recording.lines.map(Self.text).joined(separator: " | "))")
        case .detect(let detection):
            let beep = detection.beep.map { ", beep \($0)" } ?? ""
            let lines = detection.lines.map { " " + Self.text($0) }.joined()
            self.lines.append("detect \(detection.method), limit \(detection.limit)\(beep)\(lines)")
        case .background(let background):
            lines.append("background \(background.map { "\($0.sound) \($0.gain) \($0.occasion)" } ?? "off")")
            return .done
        case .request(let request):
            lines.append("\(request.method) \(request.url) \(String(decoding: request.body, as: UTF8.self))")
            for header in request.headers { lines.append("  \(header.name): \(header.value)") }
        case .send(let message):
            let from = message.message.from.map { " from \($0)" } ?? ""
            lines.append("sms \(message.message.to)\(from) within \(message.timeout): \(message.message.text)")
        case .transfer(let target): lines.append("transfer \(target)")
        case .handOver(let handOver):
            lines.append("hand over \(handOver.bot)")
            return nil
        case .hangUp:
            lines.append("hang up")
            return nil
        case .fail(let why):
            lines.append("fail \(why)")
            return nil
        }
        guard !answers.isEmpty else { return nil }
        let words = answers.removeFirst().split(separator: " ", maxSplits: 1).map(String.init)
        switch words[0] {
        case "keys": return .digits(words.count > 1 ? words[1] : "")
        case "who": return FlowAnswerer(rawValue: words[1]).map { .detected($0) }
        case "file": return .recorded(path: words[1])
        case "sent": return .sent(id: words[1])
        case "fails": return .failed("the test says so")
        default:
            return .answered(
                FlowHTTPAnswer(status: Int(words[0]) ?? 0, body: Array((words.dropFirst().first ?? "").utf8))
            )
        }
    }

    private static func text(_ line: FlowLine) -> String {
        line.text ?? line.sound.map { "[\($0)]" } ?? "?"
    }
}
