// SPDX-License-Identifier: Apache-2.0

internal import OutboundHTTP
internal import VoiceBridge

/// One call on its way through a flow.
struct FlowRun {
    let bot: FlowBot
    let loaded: LoadedFlow
    let call: Call

    func run() async throws {
        var interpreter = FlowInterpreter(loaded.flow, call: FlowVariables.of(call.start))
        var action = interpreter.next(.begin)
        var isFirst = true
        while true {
            let (section, step) = interpreter.place
            bot.resources.report(.step("\(section)[\(step)] \(action.summary)", call: call.start.callID))
            // A bot that has once listened must take what it is told, or lose its call. Before that, what was said since
            // the call began is kept for a first step that listens.
            if !isFirst { call.discardEvents() }
            isFirst = false
            switch action {
            case .speak(let line, let interruption):
                try await speak([line], interruption)
                action = interpreter.next(.done)
            case .collect(let collection):
                action = interpreter.next(.digits(try await collect(collection)))
            case .record(let recording):
                action = interpreter.next(try await record(recording))
            case .detect(let detection):
                action = interpreter.next(try await detect(detection))
            case .background(let background):
                call.background(
                    background.flatMap { loaded.sounds[$0.sound] },
                    gain: Double(background?.gain ?? 0),
                    while: background?.occasion ?? .always
                )
                action = interpreter.next(.done)
            case .request(let request):
                action = interpreter.next(try await ask(request))
            case .transfer(let target):
                do {
                    return try await call.transfer(to: target)
                } catch let error as CallError where error.endReason == nil {
                    reportFailure("the transfer was refused: \(error)")
                    action = interpreter.next(.failed("\(error)"))
                }
            case .handOver(let handOver):
                return try await bot.resources.bot(for: handOver, bot.audioFormat).converse(on: call)
            case .hangUp: return try await call.hangUp()
            case .fail(let why): throw FlowError(description: why)
            }
        }
    }

    func reportFailure(_ what: String) { bot.resources.report(.failed(what, call: call.start.callID)) }

    /// Says lines one after the other; what stops one stops those behind it.
    func speak(_ lines: [FlowLine], _ interruption: InterruptionPolicy) async throws {
        for line in lines {
            guard let prompt = try await prompt(for: line) else { continue }
            if case .interrupted = try await call.play(prompt, interruption: interruption) { return }
        }
    }

    /// The audio of a line; nil when it has no words or they cannot be said, which is reported.
    private func prompt(for line: FlowLine) async throws -> Prompt? {
        if let sound = line.sound { return loaded.sounds[sound] }
        guard let text = line.text, text.contains(where: { !$0.isWhitespace }), let speech = bot.speech else {
            return nil
        }
        do {
            let language = line.language ?? call.start.language
            return try await call.working { try await speech.prompt(text, language: language) }
        } catch {
            try Task.checkCancellation()
            reportFailure("a text could not be said: \(error)")
            return nil
        }
    }

    private func collect(_ collection: FlowCollection) async throws -> String {
        if collection.discardsEarlier { call.discardDigits() }
        try await speak(collection.lines, collection.interruption)
        let collected = try await call.digits(
            DigitCollection(
                count: collection.count,
                terminator: collection.terminator,
                firstDigitTimeout: collection.firstDigitTimeout,
                interDigitTimeout: collection.interDigitTimeout
            )
        )
        return collected.digits
    }

    private func ask(_ request: FlowHTTPRequest) async throws -> FlowEvent {
        guard let client = bot.resources.requests else { return .failed("there is no HTTP client") }
        do {
            return try await call.working {
                let response = try await client.send(HTTPRequest(request))
                return .answered(FlowHTTPAnswer(status: response.status, body: try await response.body.collect()))
            }
        } catch {
            try Task.checkCancellation()
            reportFailure("\(request.method) of \(request.host) failed: \(error)")
            return .failed("\(error)")
        }
    }
}

/// Why a flow cannot go on; what to do.
package struct FlowError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Why; what to do.
    package let description: String
}
