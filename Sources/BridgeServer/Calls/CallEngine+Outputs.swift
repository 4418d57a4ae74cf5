// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Dialects
import NIOCore
import Tracing
import VoiceBridge

// What is to be done.
extension CallEngine {
    /// Carries out what the session asked for since the last time.
    package func carryOut() {
        guard path.isBusy else { return }
        path.sendReplies(to: transport)
        var index = 0
        while let output = path.carryOut(from: &index, to: transport, inbox) { carryOut(output) }
    }

    func carryOut(_ output: CallSessionOutput) {
        switch output {
        case .deliver(let range, let position):
            let samples = path.session.heardSamples
            inbox?.deliver(audio: samples.span.extracting(range), at: position)
        case .audio, .reading: break
        case .credit(let nanoseconds): inbox?.returnCredit(nanoseconds)
        case .command(let command): send(command)
        case .notify(let event, let position):
            if case .digit(let digit, _) = event { observer.callPressed(digit, id: id, route: route.path) }
            if inbox?.deliver(event, at: position) == .overflow { path.session.botIsTooSlow(at: loop.now) }
            relay?.receive(event, at: loop.now)
        case .reply(let id, let reply):
            if !answerOperator(reply, to: id) { inbox?.reply(reply, to: id) }
        case .startBot(let start): startBot(start)
        case .endBot(let reason, let position):
            leaveIdentity()
            inbox?.end(reason, at: position)
            endRelay(reason, at: loop.now)
            task?.cancel()
        case .askOutOfBand(let number, let action): askOutOfBand(number, action)
        case .abandonOutOfBand(let number): questions.removeValue(forKey: number)?.cancel()
        case .handOverDue: moveOn()
        case .close(let code, let reason): transport?.close(code: code, reason: reason)
        case .note(let note): observer.callNoted(id, route: route.path, note)
        case .finished(let summary): finish(summary)
        }
    }

    func send(_ command: CallCommand) {
        do {
            try path.send(command, to: transport)
            path.sendReplies(to: transport)
        } catch {
            // Targets and keys were checked before they were queued; a mark's name is ours.
            observer.callNoted(id, route: route.path, .malformedMessage(error.description))
        }
    }

    func startBot(_ start: CallStart) {
        var start = start
        start.tenant = route.tenant
        id = start.callID
        observer.callStarted(start, route: route.path, bot: route.botName)
        let inbox = CallInbox(
            format: route.session.botFormat,
            audioLimit: route.session.preBuffer,
            speechLimit: route.maximumQueue
        )
        let port = LoopCallPort(loop: loop) { self.takeRequests() }
        self.inbox = inbox
        // The port holds the engine until the bot has returned, and is let go then.
        self.port = port
        let call = Call(
            start: start,
            audioFormat: route.session.botFormat,
            capabilities: path.session.offered(path.dialect.capabilities),
            recording: path.session.recordingOffer,
            port: port,
            inbox: inbox
        )
        let bot = route.bot
        task = traced {
            Task(executorPreference: executor) {
                do {
                    try await bot.converse(on: call)
                    port.submit(.returned)
                } catch let error as CallError where error.endReason != nil {
                    port.submit(.returned)
                } catch {
                    port.submit(.failed("\(error)"))
                }
            }
        }
    }

    /// Makes a task that is part of the call's trace, where there is one.
    private func traced(_ make: () -> Task<Void, Never>) -> Task<Void, Never> {
        guard let trace else { return make() }
        return ServiceContext.withValue(trace.context, operation: make)
    }

    func finish(_ summary: CallSummary) {
        leaveIdentity()
        var summary = summary
        summary.samplesDropped += inbox?.droppedSamples ?? 0
        observer.callEnded(summary, id: id, route: route.path, bot: route.botName)
        answerOperators(summary.reason)
        onFinished?()
        onFinished = nil
        if task == nil || hasBotReturned { release() }
    }

    func release() {
        port?.close()
        port = nil
        inbox = nil
        onReleased?()
        onReleased = nil
        onTurn = nil
    }
}
