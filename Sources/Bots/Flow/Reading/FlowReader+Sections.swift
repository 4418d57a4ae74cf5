// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading

extension FlowReader {
    /// A section and where its name stands.
    struct ReadSection {
        var section: FlowSection
        var path: String
        var mark: SourceMark
    }

    /// The sections of the file; those that cannot be are there without steps, so that they can be led to.
    mutating func readSections(_ top: inout MappingReader) -> [ReadSection] {
        guard let node = top.take("sections") else {
            top.reportMissing("sections", "give at least one, a name with a list of steps")
            return []
        }
        guard let mapping = MappingReader(node) else { return [] }
        guard !mapping.entries.isEmpty else {
            node.report("has no section; give at least one, a name with a list of steps")
            return []
        }
        guard mapping.entries.count <= Self.maximumSections else {
            node.report("has \(mapping.entries.count) sections; at most \(Self.maximumSections) are allowed")
            return []
        }
        for (index, entry) in mapping.entries.enumerated() {
            if Self.reservedTargets.contains(entry.key) {
                context.report(
                    "means something else where a step leads; take another name",
                    path: entry.value.path,
                    mark: entry.keyMark
                )
            } else if entry.key.isEmpty || entry.key.count > 64 {
                context.report(
                    "is no name of 1 to 64 characters; give one",
                    path: entry.value.path,
                    mark: entry.keyMark
                )
            }
            sectionIndices[entry.key] = index
        }
        return mapping.entries.map { entry in
            let steps = readSteps(entry.value)
            return ReadSection(
                section: FlowSection(name: entry.key, steps: steps),
                path: entry.value.path,
                mark: entry.keyMark
            )
        }
    }

    private mutating func readSteps(_ node: ConfigurationNode) -> [FlowStep] {
        guard let elements = node.elements(limit: Self.maximumStepsOfSection) else { return [] }
        if elements.isEmpty { node.report("has no steps; give at least one") }
        var steps: [FlowStep] = []
        var leaver: FlowStep.Kind?
        for element in elements {
            let faultCount = context.faults.count
            let step = readStep(element)
            if let kind = leaver {
                element.report(
                    "is never reached, for `\(kind.rawValue)` above it always leads elsewhere; take one of them out"
                )
                leaver = nil
            }
            if let step {
                steps.append(step)
                let isWhole = context.faults.count == faultCount
                if isWhole, !step.ways.contains(where: { $0.target == .next }) { leaver = step.kind }
            }
        }
        return steps
    }

    /// Where a step leads: the name of a section or one of a few words.
    mutating func target(_ node: ConfigurationNode, allowing words: [String] = reservedTargets) -> FlowTarget? {
        guard let name = node.text("the name of a section") else { return nil }
        if words.contains(name) {
            switch name {
            case "next": return .next
            case "again": return .again
            default: return .hangUp
            }
        }
        if let index = sectionIndices[name] { return .section(index) }
        let names = sectionIndices.sorted { $0.value < $1.value }.map(\.key) + words
        let nearest = NearestName.find(name, among: names)
        let advice = nearest.map { "did you mean \(ShownText.quoted($0))?" } ?? "add it under `sections`"
        node.report("leads to \(ShownText.quoted(name)), which is no section; \(advice)")
        return nil
    }
}
