// SPDX-License-Identifier: Apache-2.0

internal import VoiceBridge

extension FlowInterpreter {
    /// Takes steps until one of them waits for something.
    mutating func advance() -> FlowAction {
        while let current {
            guard countStep() else {
                let (name, step) = place
                return .fail(
                    "the call has taken \(flow.maximumSteps) steps, the last in `\(name)[\(step)]`; look for a way in the "
                        + "flow that goes in circles, or raise `maximum_steps`"
                )
            }
            switch current {
            case .say(let utterance, let interruption):
                return wait(for: .spoken, .speak(line(utterance), interruption))
            case .menu(let menu): return ask(menu.entry, attempt: 1)
            case .collect(let collect): return ask(collect.entry, attempt: 1)
            case .record(let record): return wait(for: .recorded, .record(recording(record)))
            case .detect(let detect): return wait(for: .detected, .detect(detection(detect)))
            case .background(let background): return wait(for: .spoken, .background(background))
            case .request(let request): return wait(for: .answered, .request(filled(request)))
            case .sms(let message):
                guard let filled = filled(message) else { return takeMessage(nil) }
                return wait(for: .sent, .send(filled))
            case .transfer(let transfer):
                guard let target = target(of: transfer) else {
                    if let ending = moveOn(to: transfer.failed) { return ending }
                    continue
                }
                return wait(for: .transferred, .transfer(target))
            case .handOver(let handOver): return .handOver(handOver)
            case .hangUp(let utterance):
                guard let utterance else { return .hangUp }
                return wait(for: .goodbye, .speak(line(utterance), .protected))
            case .set(let assignments):
                for assignment in assignments { set(assignment.variable, to: assignment.value.filled(variables)) }
                step += 1
            case .branch(let branches):
                let taken = branches.first { $0.condition?.holds(variables) ?? true }
                if let ending = moveOn(to: taken?.target ?? .next) { return ending }
            case .go(let target):
                if let ending = moveOn(to: target) { return ending }
            }
        }
        return .hangUp
    }

    /// Moves without taking a step; the action when the call ends there.
    mutating func moveOn(to target: FlowTarget) -> FlowAction? {
        switch target {
        case .next: step += 1
        case .again: break
        case .hangUp: return .hangUp
        case .section(let index): (section, step) = (index, 0)
        }
        return nil
    }

    /// An utterance with its variables filled in.
    func line(_ utterance: FlowUtterance) -> FlowLine {
        FlowLine(
            text: utterance.text?.filled(variables),
            sound: utterance.sound,
            language: utterance.language ?? flow.language
        )
    }

    private func recording(_ record: FlowRecord) -> FlowRecording {
        FlowRecording(
            lines: [record.prompt].compactMap { $0 }.map(line),
            beeps: record.beeps,
            maximum: record.maximum,
            silence: record.silence,
            terminator: record.terminator
        )
    }

    private func detection(_ detect: FlowDetect) -> FlowDetection {
        FlowDetection(
            lines: [detect.prompt].compactMap { $0 }.map(line),
            method: detect.method,
            limit: detect.limit,
            beep: detect.beep
        )
    }

    /// Where a transfer leads; nil when what names it is empty.
    private func target(of transfer: FlowTransfer) -> TransferTarget? {
        let names = transfer.destinations.map { $0.filled(variables) }
        guard let name = names.first, !names.contains("") else { return nil }
        switch transfer.kind {
        case .phone: return .phone(name)
        case .phones: return .phones(names, strategy: transfer.strategy)
        case .extension: return .extension(name)
        case .flow: return .flow(name)
        case .bot: return .bot(url: name)
        case .sip: return .sip(uri: name)
        }
    }

    /// Takes who answered.
    mutating func take(_ answerer: FlowAnswerer) -> FlowAction {
        guard case .detect(let detect) = current else { return .hangUp }
        if let variable = detect.variable { set(variable, to: answerer.rawValue) }
        return follow(detect.target(for: answerer))
    }

    /// Takes a recording; nil when there is none.
    mutating func takeRecording(_ path: String?) -> FlowAction {
        guard case .record(let record) = current else { return .hangUp }
        set(record.variable, to: path ?? "")
        return follow(path == nil ? record.failed : .next)
    }
}
