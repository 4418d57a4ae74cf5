// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import VoiceBridge

/// A flow in text: what the bot does is written, and lines stand for what the caller presses and says.
struct FlowTrial {
    private var interpreter: FlowInterpreter
    private let readLine: () -> String?
    private let write: (String) -> Void
    /// Keys that were typed and not yet asked for.
    private var keys: [DTMFDigit] = []
    private var recordings = 0

    /// Why the caller's lines ended.
    private struct CallerLeft: Error {}

    /// A trial.
    ///
    /// - Parameters:
    ///   - flow: what is tried.
    ///   - call: variables of the call.
    ///   - readLine: the caller's next line; nil when the caller hangs up.
    ///   - write: takes a line of what happens.
    init(_ flow: Flow, call: [String: String], readLine: @escaping () -> String?, write: @escaping (String) -> Void) {
        interpreter = FlowInterpreter(flow, call: call)
        self.readLine = readLine
        self.write = write
    }

    /// Runs to the end of the call; false when the flow could not go on.
    mutating func run() -> Bool {
        var action = interpreter.next(.begin)
        do {
            while let event = try take(action) { action = interpreter.next(event) }
        } catch {
            write("the caller hangs up")
            return true
        }
        if case .fail = action { return false }
        return true
    }

    /// Does what the flow says, and tells what became of it; nil at the end.
    private mutating func take(_ action: FlowAction) throws -> FlowEvent? {
        switch action {
        case .speak(let line, _):
            write(shown(line))
            return .done
        case .collect(let collection): return .digits(try collect(collection))
        case .record(let recording): return try record(recording)
        case .detect(let detection): return try detect(detection)
        case .background(let background):
            write(background.map(shown) ?? "ends the sound behind the call")
            return .done
        case .request(let request): return try ask(request)
        case .send(let message): return try send(message)
        case .transfer(let target): write("transfers to \(shown(target))")
        case .handOver(let handOver): write("hands over to the bot \(handOver.bot)")
        case .hangUp: write("hangs up")
        case .fail(let why): write("cannot go on: \(why)")
        }
        return nil
    }

    private mutating func collect(_ collection: FlowCollection) throws -> String {
        if collection.discardsEarlier { keys = [] }
        for line in collection.lines { write(shown(line)) }
        if keys.isEmpty {
            let end = collection.terminator.map { ", \($0) ends" } ?? ""
            write("waits for \(collection.count == 1 ? "a key" : "up to \(collection.count) keys")\(end)")
            keys = try typedKeys()
        }
        var digits = ""
        while digits.count < collection.count, let key = keys.first {
            keys.removeFirst()
            if key == collection.terminator { break }
            digits.append(key.character)
        }
        return digits
    }

    private func typedKeys() throws -> [DTMFDigit] {
        while true {
            let typed = try line().filter { !$0.isWhitespace }
            let keys = typed.compactMap { DTMFDigit($0) }
            if keys.count == typed.count { return keys }
            write("(keys are 0-9, *, # and A-D; an empty line is a caller who presses none)")
        }
    }

    private mutating func record(_ recording: FlowRecording) throws -> FlowEvent {
        for line in recording.lines { write(shown(line)) }
        if recording.beeps { write("beeps") }
        write("records; a line is what the caller says, an empty one is silence")
        guard !(try line()).allSatisfy(\.isWhitespace) else { return .failed("nothing was said") }
        recordings += 1
        return .recorded(path: "recording-\(recordings).wav")
    }

    private mutating func detect(_ detection: FlowDetection) throws -> FlowEvent {
        for line in detection.lines { write(shown(line)) }
        let words = FlowAnswerer.allCases.map(\.rawValue)
        write("listens for who answered: \(words.joined(separator: ", "))")
        // The key that said who it is, and those before it, choose nothing in the next step.
        if case .key = detection.method { keys = [] }
        while true {
            let word = try line().filter { !$0.isWhitespace }
            if word.isEmpty { return .detected(.unknown) }
            if let answerer = FlowAnswerer(rawValue: word) { return .detected(answerer) }
            write("(who answered is one of \(words.joined(separator: ", ")); an empty line is unknown)")
        }
    }

    private func ask(_ request: FlowHTTPRequest) throws -> FlowEvent {
        write("asks \(request.method) \(request.url)")
        if !request.body.isEmpty { write("  \(String(decoding: request.body, as: UTF8.self))") }
        write("  answer with a status and JSON, such as 200 {\"day\": \"Monday\"}; an empty line is no answer")
        let words = try line().split(separator: " ", maxSplits: 1)
        guard let status = words.first.flatMap({ Int($0) }), (100...599).contains(status) else {
            return .failed("no answer")
        }
        return .answered(FlowHTTPAnswer(status: status, body: words.count > 1 ? Array(words[1].utf8) : []))
    }

    private func send(_ message: FlowTextMessage) throws -> FlowEvent {
        let from = message.message.from.map { " from \($0)" } ?? ""
        write("sends a message to \(message.message.to)\(from): \(message.message.text)")
        write("  answer with its id; an empty line is a message that was not accepted")
        let id = try line().filter { !$0.isWhitespace }
        return id.isEmpty ? .failed("not accepted") : .sent(id: id)
    }

    private func line() throws -> String {
        guard let line = readLine() else { throw CallerLeft() }
        return line
    }

    private func shown(_ line: FlowLine) -> String {
        if let text = line.text { return "says: \(text)" }
        return "plays \(line.sound.map { "\($0)" } ?? "nothing")"
    }

    private func shown(_ background: FlowBackground) -> String {
        "plays \(background.sound) behind the call\(background.occasion == .thinking ? ", while it works" : "")"
    }

    private func shown(_ target: TransferTarget) -> String {
        switch target {
        case .phone(let number): "the phone \(number)"
        case .phones(let numbers, let strategy): "the phones \(numbers.joined(separator: ", ")) (\(strategy.rawValue))"
        case .extension(let name): "the extension \(name)"
        case .flow(let name): "the platform's flow \(name)"
        case .bot(let url): "the bot \(url)"
        case .sip(let uri): uri
        }
    }
}
