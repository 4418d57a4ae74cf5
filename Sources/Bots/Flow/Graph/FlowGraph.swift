// SPDX-License-Identifier: Apache-2.0

/// A flow as a picture: a box for each section with its steps, and an arrow for each way out of it.
package enum FlowGraph {
    /// Longest line of a box, in characters.
    static let maximumLine = 60

    /// The flow as a Mermaid flowchart, a line end at its end.
    package static func mermaid(_ flow: Flow) -> String {
        var lines = ["flowchart TD"]
        var hasEnd = false
        for (index, section) in flow.sections.enumerated() {
            let steps = section.steps.map { escaped($0.outline(in: flow)) }
            let title = "<b>\(escaped(section.name))</b>"
            lines.append("  s\(index)[\"\(([title] + steps).joined(separator: "<br/>"))\"]")
        }
        lines.append("  begin((call)) --> s\(flow.begin)")
        for (index, section) in flow.sections.enumerated() {
            for (word, target) in arrows(of: section, at: index) {
                let label = word.isEmpty ? "" : "|\"\(escaped(word))\"|"
                lines.append("  s\(index) -->\(label) \(target)")
                if target == "ended" { hasEnd = true }
            }
        }
        if hasEnd { lines.append("  ended((end))") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Ways out of a section, each once, and where they lead.
    private static func arrows(of section: FlowSection, at index: Int) -> [(word: String, target: String)] {
        var arrows: [(word: String, target: String)] = []
        for (position, step) in section.steps.enumerated() {
            let isLast = position == section.steps.count - 1
            for (word, target) in step.ways {
                let name: String
                switch target {
                case .next where !isLast: continue
                case .again: name = "s\(index)"
                case .section(let other): name = "s\(other)"
                case .next, .hangUp: name = "ended"
                }
                if !arrows.contains(where: { $0 == (word, name) }) { arrows.append((word, name)) }
            }
            if case .hangUp = step { arrows.append(("", "ended")) }
        }
        return arrows
    }

    /// Text inside of a Mermaid string.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for (count, character) in text.enumerated() {
            guard count < maximumLine else { return escaped + "…" }
            switch character {
            case "\"": escaped += "#quot;"
            case "<": escaped += "#lt;"
            case ">": escaped += "#gt;"
            case "#": escaped += "#35;"
            case "&": escaped += "#amp;"
            case _ where character.isNewline: escaped += " "
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
