// SPDX-License-Identifier: Apache-2.0

internal import VoiceBridge

extension FlowStep {
    /// The step in a few words, for people.
    func outline(in flow: Flow) -> String {
        switch self {
        case .say(let utterance, _): utterance.outline
        case .menu(let menu): "menu: \(menu.entry.prompt?.outline ?? "…")"
        case .collect(let collect):
            "collect \(collect.minimum == collect.maximum ? "" : "\(collect.minimum)–")\(collect.maximum) keys into \(collect.variable)"
        case .record(let record): "record into \(record.variable)"
        case .detect(let detect): "detect who answered\(detect.variable.map { " into \($0)" } ?? "")"
        case .background(let background?): "background: \(background.sound)"
        case .background(nil): "background off"
        case .set(let assignments): assignments.map { "\($0.variable) = \($0.value.outline)" }.joined(separator: ", ")
        case .branch: "branch"
        case .request(let request): "\(request.method) \(request.url.outline)"
        case .sms(let message): "sms to \(message.to.outline): \(message.text.outline)"
        case .transfer(let transfer):
            "transfer to \(transfer.kind.rawValue) \(transfer.destinations.map(\.outline).joined(separator: ", "))"
        case .handOver(let handOver): "hand over to \(handOver.bot)"
        case .go(.section(let index)): "go to \(flow.sections[index].name)"
        case .go, .hangUp(nil): "hang up"
        case .hangUp(let utterance?): "\(utterance.outline), hang up"
        }
    }
}

extension FlowUtterance {
    /// What is said, or the name of what is played.
    var outline: String { text.map { "say: \($0.outline)" } ?? "play \(sound?.description ?? "nothing")" }
}
