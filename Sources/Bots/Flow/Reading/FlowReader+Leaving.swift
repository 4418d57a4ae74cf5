// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import VoiceBridge

extension FlowReader {
    /// `transfer`.
    mutating func readTransfer(_ node: ConfigurationNode) -> FlowStep? {
        guard var mapping = MappingReader(node) else { return nil }
        let kinds = TransferTarget.Kind.allCases.map(\.rawValue)
        let given = kinds.compactMap { kind in mapping.take(kind).map { (kind, $0) } }
        let ring = mapping.take("ring")
        let failed = mapping.take("failed").flatMap { target($0) }
        mapping.finish()
        guard given.count == 1, let (name, value) = given.first, let kind = TransferTarget.Kind(rawValue: name) else {
            node.report("needs one target; give one of \(ShownText.choices(kinds))")
            return nil
        }
        var destinations: [FlowText] = []
        if kind == .phones {
            let elements = value.elements(limit: 20) ?? []
            if elements.isEmpty { value.report("has no telephone numbers; give at least one") }
            destinations = elements.compactMap { template($0, "a telephone number") }
        } else if let text = template(value, kind == .bot ? "the URL of a bot, wss://" : "a target") {
            destinations = [text]
        }
        for (text, value) in destinations.map({ ($0, value) }) { check(text, kind, value) }
        var strategy = TransferTarget.RingStrategy.simultaneous
        if let ring {
            if kind != .phones { ring.report("has a meaning beside `phones` only; take it out") }
            strategy =
                ring.word(among: ["simultaneous", "sequential"]).flatMap(TransferTarget.RingStrategy.init) ?? strategy
        }
        guard !destinations.isEmpty else { return nil }
        return .transfer(
            FlowTransfer(kind: kind, destinations: destinations, strategy: strategy, failed: failed ?? .hangUp)
        )
    }

    /// Looks at what is known of a target without any call.
    private func check(_ text: FlowText, _ kind: TransferTarget.Kind, _ node: ConfigurationNode) {
        guard let constant = text.constant else { return }
        switch kind {
        case .phone, .phones:
            if !TransferTarget.isTelephoneNumber(constant) {
                node.report("\(ShownText.quoted(constant)) is no telephone number; give digits, with or without `+`")
            }
        case .bot where !constant.hasPrefix("wss://") && !constant.hasPrefix("ws://"):
            node.report("\(ShownText.quoted(constant)) is no URL of a bot; begin with wss://")
        case .sip where !constant.hasPrefix("sip:") && !constant.hasPrefix("sips:"):
            node.report("\(ShownText.quoted(constant)) is no SIP URI; begin with sip: or sips:")
        case .bot, .sip, .flow, .extension: return
        }
    }

    /// `hand_over`.
    mutating func readHandOver(_ node: ConfigurationNode) -> FlowStep? {
        guard var mapping = MappingReader(node) else { return nil }
        let bot = mapping.take("bot")
        let options = mapping.take("options")
        mapping.finish()
        guard let bot else {
            mapping.reportMissing("bot", "name the bot that goes on with the call")
            return nil
        }
        guard let bots = surroundings.bots else {
            guard let name = bot.text("the name of a bot") else { return nil }
            return .handOver(FlowHandOver(bot: name))
        }
        guard let name = bot.word(among: bots.map(\.name)), let description = bots.first(where: { $0.name == name }),
            let given = MappingReader(options ?? ConfigurationNode(absent: "options", in: node))
        else { return nil }
        let reader = OptionReader(owner: "the bot \(name)", options: description.options)
        let faultCount = context.faults.count
        let handOver = FlowHandOver(bot: name, options: reader.read(given))
        if context.faults.count == faultCount, let refusal = surroundings.refusal(handOver) {
            node.report("cannot hand over: \(refusal)")
        }
        return .handOver(handOver)
    }
}
