// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import VoiceBridge

extension FlowReader {
    /// The ways to tell who answered.
    private enum Method: String, CaseIterable { case silence, key }

    /// `detect`.
    mutating func readDetect(_ node: ConfigurationNode) -> FlowStep? {
        guard var mapping = MappingReader(node) else { return nil }
        var detect = FlowDetect(prompt: readUtterance(&mapping))
        detect.method = readMethod(&mapping, hasPrompt: detect.prompt != nil, node)
        let limits: ClosedRange<Duration> = .seconds(1) ... .seconds(300)
        detect.limit = mapping.duration("limit", in: limits, default: detect.limit)
        detect.beep = mapping.durationOrOff("beep", in: limits, default: detect.beep)
        detect.human = mapping.take("human").flatMap { target($0) } ?? detect.human
        detect.machine = mapping.take("machine").flatMap { target($0) } ?? detect.machine
        detect.unknown = mapping.take("unknown").flatMap { target($0) } ?? detect.unknown
        detect.variable = mapping.take("into").flatMap { variable($0) }
        mapping.finish()
        return .detect(detect)
    }

    private func readMethod(
        _ mapping: inout MappingReader,
        hasPrompt: Bool,
        _ node: ConfigurationNode
    ) -> AnsweringMethod {
        let method = mapping.word("method", default: Method.silence)
        let silence = mapping.take("silence")
        let timeout = mapping.take("timeout")
        let rounds = mapping.take("rounds").flatMap { $0.integer(in: 1...30) }
        func duration(_ node: ConfigurationNode?, _ range: ClosedRange<Duration>) -> Duration? {
            node.flatMap { $0.duration(in: range) ?? nil }
        }
        let waited = duration(timeout, .milliseconds(500) ... .seconds(120))
        switch method {
        case .silence:
            if hasPrompt {
                node.report(
                    "says something with a method that listens to the greeting; set `method: key`, or say nothing"
                )
            }
            return .silence(
                of: duration(silence, .milliseconds(50) ... .seconds(10)) ?? .milliseconds(1_800),
                rounds: rounds ?? 1,
                timeout: waited ?? .seconds(3)
            )
        case .key:
            silence?.report("has a meaning beside `method: silence` only; take it out")
            if !hasPrompt { node.report("asks for no key; give `say` or `play`") }
            return .key(timeout: waited ?? .seconds(2), rounds: rounds ?? 2)
        }
    }

    /// `background: FILE`, `background: off`, or `background:` with `file` or `prompt`, `gain` and `while`.
    mutating func readBackground(_ node: ConfigurationNode) -> FlowStep? {
        if node.isWord("off") { return .background(nil) }
        guard case .some = node.mapping else {
            return file(node).map { .background(FlowBackground(sound: $0)) }
        }
        guard var mapping = MappingReader(node) else { return nil }
        let (file, prompt) = (mapping.take("file"), mapping.take("prompt"))
        let gain = mapping.take("gain").flatMap { $0.integer(in: -60...0) }
        let occasion = mapping.take("while").flatMap { $0.word(among: ["always", "thinking"]) }
        mapping.finish()
        guard let sound = sound(file: file, prompt: prompt, of: node) else { return nil }
        var background = FlowBackground(sound: sound)
        background.gain = gain ?? background.gain
        if occasion == "thinking" { background.occasion = .thinking }
        return .background(background)
    }
}
