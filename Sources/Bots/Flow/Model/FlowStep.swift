// SPDX-License-Identifier: Apache-2.0
package import VoiceBridge

/// One step of a flow.
package enum FlowStep: Sendable, Equatable {
    /// `say`, `play`: speaks and waits until it was heard or stopped.
    case say(FlowUtterance, InterruptionPolicy)
    /// `menu`: one key leads on.
    case menu(FlowMenu)
    /// `collect`: several keys become a variable.
    case collect(FlowCollect)
    /// `record`: the caller's voice becomes a file.
    case record(FlowRecord)
    /// `detect`: tells who answered.
    case detect(FlowDetect)
    /// `background`: a sound behind the conversation; nil ends it.
    case background(FlowBackground?)
    /// `set`: variables, in the order of the file.
    case set([FlowAssignment])
    /// `branch`: the first condition that holds leads on; none: the next step.
    case branch([FlowBranch])
    /// `request`: asks over HTTP.
    case request(FlowRequest)
    /// `sms`: sends a text message.
    case sms(FlowMessage)
    /// `transfer`: connects the caller elsewhere.
    case transfer(FlowTransfer)
    /// `hand_over`: another bot goes on with the call.
    case handOver(FlowHandOver)
    /// `go`: to another section.
    case go(FlowTarget)
    /// `hang_up`: ends the call once everything said was heard.
    case hangUp(FlowUtterance?)

    /// The kind alone.
    package enum Kind: String, Sendable, CaseIterable {
        case say, menu, collect, record, detect, background, set, branch, request, sms, transfer, go
        case play
        case handOver = "hand_over"
        case hangUp = "hang_up"
    }

    /// Its kind; of the two that speak, `play` when it has no text.
    package var kind: Kind {
        switch self {
        case .say(let utterance, _): utterance.text == nil ? .play : .say
        case .menu: .menu
        case .collect: .collect
        case .record: .record
        case .detect: .detect
        case .background: .background
        case .set: .set
        case .branch: .branch
        case .request: .request
        case .sms: .sms
        case .transfer: .transfer
        case .handOver: .handOver
        case .go: .go
        case .hangUp: .hangUp
        }
    }

    /// What it may say.
    package var utterances: [FlowUtterance] {
        switch self {
        case .say(let utterance, _): [utterance]
        case .menu(let menu): menu.entry.utterances
        case .collect(let collect): collect.entry.utterances
        case .record(let record): [record.prompt].compactMap { $0 }
        case .detect(let detect): [detect.prompt].compactMap { $0 }
        case .hangUp(let utterance): [utterance].compactMap { $0 }
        case .background, .set, .branch, .request, .sms, .transfer, .handOver, .go: []
        }
    }

    /// Where it may lead, with the word for each way, in the order of the file.
    package var ways: [(word: String, target: FlowTarget)] {
        switch self {
        case .say, .background, .set: [("", .next)]
        case .menu(let menu): menu.choices.map { ("\($0.key)", $0.target) } + [("no choice", menu.entry.failed)]
        case .collect(let collect): [("", .next), ("gave up", collect.entry.failed)]
        case .record(let record): [("", .next), ("nothing recorded", record.failed)]
        case .detect(let detect):
            [("human", detect.human), ("machine", detect.machine), ("unknown", detect.unknown)]
        case .branch(let branches):
            branches.map { ($0.condition.map(\.description) ?? "otherwise", $0.target) }
                + (branches.last?.condition == nil ? [] : [("otherwise", .next)])
        case .request(let request):
            [("", .next)] + request.statuses.map { ($0.pattern.description, $0.target) } + [("failed", request.failed)]
        case .sms(let message): [("", .next), ("failed", message.failed)]
        case .transfer(let transfer): [("refused", transfer.failed)]
        case .handOver, .hangUp: []
        case .go(let target): [("", target)]
        }
    }
}

/// Where a step leads.
package enum FlowTarget: Sendable, Equatable, Hashable {
    /// `next`: the next step of the section, behind its last one the end.
    case next
    /// `again`: the same step once more, from its beginning.
    case again
    /// `hang_up`: the end of the call.
    case hangUp
    /// The beginning of a section, by its index.
    case section(Int)
}
