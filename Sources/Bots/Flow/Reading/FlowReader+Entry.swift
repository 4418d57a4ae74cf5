// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import VoiceBridge

extension FlowReader {
    static let timeouts: ClosedRange<Duration> = .milliseconds(100) ... .seconds(30)

    /// What `menu` and `collect` have in common.
    private mutating func readEntry(_ mapping: inout MappingReader) -> FlowEntry {
        var entry = FlowEntry()
        entry.prompt = readUtterance(&mapping)
        readInterruption(&mapping) { entry.interruption = $0 }
        entry.attempts = mapping.integer("attempts", in: 1...10, default: entry.attempts)
        entry.timeout = mapping.duration("timeout", in: Self.timeouts, default: entry.timeout)
        entry.noInput = readComplaint(mapping.take("no_input"))
        entry.noMatch = readComplaint(mapping.take("no_match"))
        entry.takesTypeAhead = mapping.flag("type_ahead", default: entry.takesTypeAhead)
        entry.failed = mapping.take("failed").flatMap { target($0) } ?? entry.failed
        return entry
    }

    /// `menu`.
    mutating func readMenu(_ node: ConfigurationNode) -> FlowStep? {
        guard var mapping = MappingReader(node) else { return nil }
        let entry = readEntry(&mapping)
        let keys = mapping.take("keys")
        let into = mapping.take("into")
        mapping.finish()
        guard let keys else {
            mapping.reportMissing("keys", "give `KEY: SECTION` lines")
            return nil
        }
        guard let ways = MappingReader(keys) else { return nil }
        if ways.entries.isEmpty { keys.report("has no keys; give `KEY: SECTION` lines") }
        var choices: [FlowMenu.Choice] = []
        for way in ways.entries {
            guard way.key.count == 1, let key = way.key.first.flatMap({ DTMFDigit($0) }) else {
                context.report(
                    "is no key of a telephone; give one of 0-9, \"*\" and \"#\", quoted where it is no digit",
                    path: way.value.path,
                    mark: way.keyMark
                )
                continue
            }
            guard let target = target(way.value) else { continue }
            choices.append(FlowMenu.Choice(key: key, target: target))
        }
        return .menu(FlowMenu(entry: entry, choices: choices, variable: into.flatMap { variable($0) }))
    }

    /// `collect`.
    mutating func readCollect(_ node: ConfigurationNode) -> FlowStep? {
        guard var mapping = MappingReader(node) else { return nil }
        let entry = readEntry(&mapping)
        var collect = FlowCollect(entry: entry, variable: "")
        let into = mapping.take("into")
        if let digits = mapping.take("digits") {
            let count = digits.integer(in: 1...20) ?? 1
            (collect.minimum, collect.maximum) = (count, count)
            for name in ["minimum", "maximum"] {
                mapping.take(name)?.report("stands beside `digits`; keep one of them")
            }
        } else {
            let maximum = mapping.take("maximum")
            collect.maximum = maximum.flatMap { $0.integer(in: 1...20) } ?? collect.maximum
            let minimum = mapping.take("minimum")
            collect.minimum = minimum.flatMap { $0.integer(in: 1...20) } ?? collect.minimum
            if collect.minimum > collect.maximum { minimum?.report("is more than `maximum`; lower it") }
        }
        if let terminator = mapping.take("terminator") {
            collect.terminator = key(terminator, words: ["none"]) ?? nil
        } else if collect.minimum == collect.maximum {
            collect.terminator = nil
        }
        collect.interDigitTimeout = mapping.duration("between", in: Self.timeouts, default: collect.interDigitTimeout)
        collect.patterns = readPatterns(mapping.take("matches"))
        mapping.finish()
        guard let into else {
            mapping.reportMissing("into", "name the variable that takes the keys")
            return nil
        }
        guard let variable = variable(into) else { return nil }
        collect.variable = variable
        return .collect(collect)
    }

    /// A key; `.some(nil)` for one of the words, nil after a fault.
    func key(_ node: ConfigurationNode, words: [String]) -> DTMFDigit?? {
        if words.contains(where: { node.isWord($0) }) { return .some(nil) }
        let wanted = ShownText.choices(["a key such as \"#\""] + words)
        guard let text = node.text(wanted) else { return nil }
        guard text.count == 1, let key = text.first.flatMap({ DTMFDigit($0) }) else {
            node.report("\(ShownText.quoted(text)) is no key of a telephone; give \(wanted)")
            return nil
        }
        return .some(key)
    }

    private func readPatterns(_ node: ConfigurationNode?) -> [FlowPattern] {
        guard let node else { return [] }
        let nodes = node.isList ? node.elements(limit: 100) ?? [] : [node]
        return nodes.compactMap { node in
            guard let text = node.text("a pattern") else { return nil }
            guard let pattern = FlowPattern(text) else {
                node.report("is longer than 64 characters; shorten it")
                return nil
            }
            return pattern
        }
    }

    /// `record`.
    mutating func readRecord(_ node: ConfigurationNode) -> FlowStep? {
        guard var mapping = MappingReader(node) else { return nil }
        var record = FlowRecord(prompt: readUtterance(&mapping), variable: "")
        record.beeps = mapping.flag("beep", default: record.beeps)
        record.maximum =
            mapping.duration("maximum", in: .seconds(1) ... .seconds(300), default: record.maximum)
        let silence: ClosedRange<Duration> = .milliseconds(500) ... .seconds(20)
        record.silence = mapping.durationOrOff("silence", in: silence, default: record.silence)
        if let terminator = mapping.take("terminator"), !terminator.isWord("any"),
            let key = key(terminator, words: ["any", "none"])
        {
            record.terminator = key.map { .key($0) } ?? .none
        }
        record.failed = mapping.take("failed").flatMap { target($0) } ?? record.failed
        let into = mapping.take("into")
        mapping.finish()
        if surroundings.hasRecordings == false {
            node.report("needs a folder for recordings; set the bot's option `recordings`")
        }
        guard let into else {
            mapping.reportMissing("into", "name the variable that takes the file's path")
            return nil
        }
        guard let variable = variable(into) else { return nil }
        record.variable = variable
        return .record(record)
    }
}
