// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import VoiceBridge

extension FlowReader {
    /// One step: a mapping with one key, its kind, or the word `hang_up`.
    mutating func readStep(_ node: ConfigurationNode) -> FlowStep? {
        if node.isWord(FlowStep.Kind.hangUp.rawValue) { return .hangUp(nil) }
        let kinds = FlowStep.Kind.allCases.map(\.rawValue)
        guard let mapping = MappingReader(node) else { return nil }
        guard let entry = mapping.entries.first else {
            node.report("is empty; give one of \(ShownText.choices(kinds))")
            return nil
        }
        for extra in mapping.entries.dropFirst() {
            context.report(
                "stands beside `\(ShownText.bounded(entry.key))`; a step has one key: put `- ` before another step, or indent a setting further",
                path: extra.value.path,
                mark: extra.keyMark
            )
        }
        guard let kind = FlowStep.Kind(rawValue: entry.key) else {
            let nearest = NearestName.find(entry.key, among: kinds)
            let advice =
                nearest.map { "did you mean \(ShownText.quoted($0))?" } ?? "give one of \(ShownText.choices(kinds))"
            context.report("is no kind of step; \(advice)", path: entry.value.path, mark: entry.keyMark)
            return nil
        }
        guard let step = read(kind, entry.value) else { return nil }
        switch surroundings.objection(step) {
        case .fault(let message): context.report(message, path: entry.value.path, mark: entry.keyMark)
        case .warning(let message): warn(message, path: entry.value.path, mark: entry.keyMark)
        case nil: break
        }
        return step
    }

    private mutating func read(_ kind: FlowStep.Kind, _ node: ConfigurationNode) -> FlowStep? {
        switch kind {
        case .say:
            var interruption = InterruptionPolicy.digitsOnly
            return says(node, { interruption = $0 }).map { .say($0, interruption) }
        case .play:
            var interruption = InterruptionPolicy.digitsOnly
            return plays(node, { interruption = $0 }).map { .say($0, interruption) }
        case .menu: return readMenu(node)
        case .collect: return readCollect(node)
        case .record: return readRecord(node)
        case .detect: return readDetect(node)
        case .background: return readBackground(node)
        case .set: return readAssignments(node).map(FlowStep.set)
        case .branch: return readBranch(node)
        case .request: return readRequest(node)
        case .sms: return readMessage(node)
        case .transfer: return readTransfer(node)
        case .handOver: return readHandOver(node)
        case .go: return target(node, allowing: ["hang_up"]).map(FlowStep.go)
        case .hangUp:
            if node.isNull { return .hangUp(nil) }
            guard var mapping = MappingReader(node) else { return nil }
            let utterance = readUtterance(&mapping)
            mapping.finish()
            return .hangUp(utterance)
        }
    }

    /// Variables and their values.
    mutating func readAssignments(_ node: ConfigurationNode) -> [FlowAssignment]? {
        guard let mapping = MappingReader(node) else { return nil }
        if mapping.entries.isEmpty { node.report("sets nothing; give `name: value` lines") }
        return mapping.entries.compactMap { entry in
            guard FlowVariables.isOwnName(entry.key) else {
                context.report(Self.badName, path: entry.value.path, mark: entry.keyMark)
                return nil
            }
            declare(entry.key, entry.value)
            return template(entry.value, allowsEmpty: true).map { FlowAssignment(variable: entry.key, value: $0) }
        }
    }

    private mutating func readBranch(_ node: ConfigurationNode) -> FlowStep? {
        guard let elements = node.elements() else { return nil }
        if elements.isEmpty { node.report("has no ways; give entries with `when` and `go`") }
        var branches: [FlowBranch] = []
        for (index, element) in elements.enumerated() {
            guard var mapping = MappingReader(element) else { continue }
            let when = mapping.take("when")
            let go = mapping.take("go")
            mapping.finish()
            let condition = when.flatMap { readCondition($0) }
            if go == nil { mapping.reportMissing("go", "name the section that this leads to") }
            guard let target = go.flatMap({ target($0, allowing: ["next", "hang_up"]) }) else { continue }
            if when == nil, index < elements.count - 1 {
                element.report("has no `when` and so is always taken; put it last")
            }
            branches.append(FlowBranch(condition: condition, target: target))
        }
        return .branch(branches)
    }

    private mutating func readCondition(_ node: ConfigurationNode) -> FlowCondition? {
        guard let source = node.text("a condition, such as `day is monday`") else { return nil }
        do {
            let condition = try FlowCondition(source)
            for name in condition.variables { uses.append((name, node)) }
            return condition
        } catch {
            node.report(error.description)
            return nil
        }
    }

    /// Text that may hold variables.
    mutating func template(_ node: ConfigurationNode, _ wanted: String = "a text", allowsEmpty: Bool = false)
        -> FlowText?
    {
        guard let source = node.text(wanted, allowsEmpty: allowsEmpty) else { return nil }
        do {
            let text = try FlowText(source)
            for name in text.variables { uses.append((name, node)) }
            return text
        } catch {
            node.report(error.description)
            return nil
        }
    }

    /// The name of a variable that a step sets.
    mutating func variable(_ node: ConfigurationNode) -> String? {
        guard let name = node.text("the name of a variable") else { return nil }
        guard FlowVariables.isOwnName(name) else {
            node.report("\(ShownText.quoted(name)) \(Self.badName)")
            return nil
        }
        declare(name, node)
        return name
    }
}
