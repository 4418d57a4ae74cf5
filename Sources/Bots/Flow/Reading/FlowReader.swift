// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import VoiceBridge

/// Turns the tree of a flow file into a checked flow.
struct FlowReader {
    let context: ReadingContext
    let surroundings: FlowSurroundings

    /// Index by name of every section of the file.
    var sectionIndices: [String: Int] = [:]
    /// Variables that the file declares or some step sets.
    var declared: Set<String> = []
    /// Where variables are read, to be held against those at the end.
    var uses: [(name: String, node: ConfigurationNode)] = []
    /// The audio of the sounds named so far.
    var sounds: [FlowSound: Prompt] = [:]
    var soundBytes = 0
    var warnings: [ConfigurationFault] = []

    /// Sections of one file, and steps of one section.
    static let maximumSections = 500
    static let maximumStepsOfSection = 500
    /// Variables of one file.
    static let maximumVariables = 1_000
    /// Samples of all sounds of a flow, in bytes.
    static let maximumSoundBytes = 128 << 20
    /// Words that are targets everywhere, and so no names of sections.
    static let reservedTargets = ["next", "again", "hang_up"]

    init(context: ReadingContext, surroundings: FlowSurroundings) {
        self.context = context
        self.surroundings = surroundings
    }

    /// The flow, or nil when the top is no mapping.
    ///
    /// It counts only when `context` has no faults.
    mutating func read(_ root: ConfigurationNode) -> Flow? {
        guard var top = MappingReader(root) else { return nil }
        let name = top.take("name")?.text("a name") ?? ""
        let language = top.take("language")?.text("a language, such as en-IN")
        let variables = readVariables(top.take("variables"))
        let begin = top.take("begin")
        let maximumSteps = top.integer("maximum_steps", in: 10...100_000, default: 1_000)
        let sections = readSections(&top)
        // Keys of this kind hold anchors for the rest of the file.
        for entry in top.entries where entry.key.hasPrefix("x-") { _ = top.take(entry.key) }
        top.finish()
        let first = begin.flatMap { readBegin($0) } ?? 0
        checkVariables()
        reportCircles(sections)
        warnAboutUnreached(sections, begin: first)
        return Flow(
            name: name,
            language: language,
            variables: variables,
            sections: sections.map(\.section),
            begin: first,
            maximumSteps: maximumSteps
        )
    }

    private mutating func readVariables(_ node: ConfigurationNode?) -> [String: String] {
        var variables: [String: String] = [:]
        if let node, let mapping = MappingReader(node) {
            for entry in mapping.entries {
                guard FlowVariables.isOwnName(entry.key) else {
                    context.report(Self.badName, path: entry.value.path, mark: entry.keyMark)
                    continue
                }
                declare(entry.key, entry.value)
                guard let text = entry.value.text(allowsEmpty: true) else { continue }
                variables[entry.key] = FlowVariables.bounded(text)
            }
        }
        for (name, value) in surroundings.variables.sorted(by: { $0.key < $1.key }) {
            guard declared.contains(name) else {
                let nearest = NearestName.find(name, among: declared.sorted())
                let advice = nearest.map { "did you mean \(ShownText.quoted($0))?" } ?? "add it under `variables`"
                let mark = node?.mark ?? .start
                context.report(
                    "has no \(ShownText.quoted(name)), for which a value is given; \(advice)",
                    path: "variables",
                    mark: mark
                )
                continue
            }
            variables[name] = FlowVariables.bounded(value)
        }
        return variables
    }

    /// Notes that a variable is set.
    mutating func declare(_ name: String, _ node: ConfigurationNode) {
        guard declared.insert(name).inserted, declared.count == Self.maximumVariables + 1 else { return }
        node.report("is one variable too many: a flow may have \(Self.maximumVariables)")
    }

    private mutating func readBegin(_ node: ConfigurationNode) -> Int? {
        guard case .section(let index)? = target(node, allowing: []) else { return nil }
        return index
    }

    static let badName = "is no name of a variable; use letters, digits and `_`, a letter first, at most 64"

    /// Reports variables that are read and never set.
    private func checkVariables() {
        let known = declared.sorted() + FlowVariables.known
        for use in uses where !known.contains(use.name) && !use.name.hasPrefix(FlowVariables.parameterPrefix) {
            let nearest = NearestName.find(use.name, among: known)
            let advice =
                nearest.map { "did you mean \(ShownText.quoted($0))?" }
                ?? "set it in a step, or give it a value under `variables`"
            use.node.report("reads the variable \(ShownText.quoted(use.name)), which nothing sets; \(advice)")
        }
    }
}
