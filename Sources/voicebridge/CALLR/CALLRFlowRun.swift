// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import PlatformAPIs
import VoiceBridge

/// One call at CALLR on its way through a flow, performed with the platform's commands.
struct CALLRFlowRun: FlowPerformer {
    let flow: CALLRFlow
    let sounds: [FlowSound: Prompt]
    let call: CALLRCall

    var settings: CALLRFlowSettings { flow.settings }

    func perform(_ action: FlowAction) async throws -> FlowEvent? {
        switch action {
        case .speak(let line, _):
            try await speak([line])
            return .done
        case .collect(let collection): return .digits(try await collect(collection))
        case .record(let recording): return try await record(recording)
        case .request(let request): return try await ask(request)
        case .send(let message): return try await send(message)
        case .transfer(let target): return try await transfer(to: target)
        case .hangUp: return nil
        // Refused when the file was read.
        case .detect: return .detected(.unknown)
        case .background: return .done
        case .handOver(let handOver): throw FlowError(description: CALLRFlowSettings.needsAudio(handOver.bot))
        case .fail(let why): throw FlowError(description: why)
        }
    }

    func reportFailure(_ what: String) { flow.report(.failed(what, call: call.id)) }

    /// Has the platform carry out a command; nil when it will not, which is reported.
    func carryOut(_ command: CALLRCommand) async throws -> CALLRResult? {
        do {
            return try await call.perform(command)
        } catch let error as PlatformRequestError {
            reportFailure("CALLR does not take the command \(command.name): \(error)")
            return nil
        }
    }

    /// Says lines one after the other.
    func speak(_ lines: [FlowLine]) async throws {
        for voice in voices(of: lines) {
            guard let result = try await carryOut(voice.command) else { continue }
            if let error = result.error { reportFailure("CALLR could not play: \(error)") }
        }
    }

    private func send(_ message: FlowTextMessage) async throws -> FlowEvent {
        guard let sender = flow.messages else { return .failed("there is no account for messages") }
        var message = message
        message.message.to = settings.dialable(message.message.to) ?? message.message.to
        do {
            return .sent(id: try await message.sent(by: sender).id)
        } catch {
            try Task.checkCancellation()
            // Neither number nor text: both may be the caller's own.
            reportFailure("a message was not sent: \(error)")
            return .failed("\(error)")
        }
    }

    private func ask(_ request: FlowHTTPRequest) async throws -> FlowEvent {
        do {
            return .answered(try await request.answer(of: flow.client))
        } catch {
            try Task.checkCancellation()
            reportFailure("\(request.method) of \(request.host) failed: \(error)")
            return .failed("\(error)")
        }
    }
}
