// SPDX-License-Identifier: Apache-2.0

internal import VoiceBridge

/// One call on its way through a flow, performed with its audio.
struct FlowRun: FlowPerformer {
    let bot: FlowBot
    let loaded: LoadedFlow
    let call: Call

    func perform(_ action: FlowAction) async throws -> FlowEvent? {
        let event = try await act(action)
        // A bot that has once listened must take what it is told, or lose its call. Before that, what was said since the
        // call began is kept for a first step that listens.
        call.discardEvents()
        return event
    }

    private func act(_ action: FlowAction) async throws -> FlowEvent? {
        switch action {
        case .speak(let line, let interruption):
            try await speak([line], interruption)
            return .done
        case .collect(let collection): return .digits(try await collect(collection))
        case .record(let recording): return try await record(recording)
        case .detect(let detection): return try await detect(detection)
        case .background(let background):
            call.background(
                background.flatMap { loaded.sounds[$0.sound] },
                gain: Double(background?.gain ?? 0),
                while: background?.occasion ?? .always
            )
            return .done
        case .request(let request): return try await ask(request)
        case .send(let message): return try await send(message)
        case .transfer(let target): return try await transfer(to: target)
        case .handOver(let handOver):
            try await bot.resources.bot(for: handOver, bot.audioFormat).converse(on: call)
        case .hangUp: try await call.hangUp()
        case .fail(let why): throw FlowError(description: why)
        }
        return nil
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

    private func transfer(to target: TransferTarget) async throws -> FlowEvent? {
        do {
            try await call.transfer(to: target)
            return nil
        } catch let error as CallError where error.endReason == nil {
            reportFailure("the transfer was refused: \(error)")
            return .failed("\(error)")
        }
    }

    private func ask(_ request: FlowHTTPRequest) async throws -> FlowEvent {
        guard let client = bot.resources.requests else { return .failed("there is no HTTP client") }
        do {
            return .answered(try await call.working { try await request.answer(of: client) })
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

    /// Why; what to do.
    package init(description: String) { self.description = description }
}
