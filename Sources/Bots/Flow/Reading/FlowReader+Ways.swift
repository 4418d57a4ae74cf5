// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading

extension FlowReader {
    /// Reports sections that lead back to themselves and do nothing on the way: whoever comes there never leaves.
    func reportCircles(_ sections: [ReadSection]) {
        guard context.faults.isEmpty else { return }
        // Where each section leads without waiting for anything, whatever the variables hold.
        let next = sections.map { section -> Int? in
            for step in section.section.steps {
                switch step {
                case .set, .background: continue
                case .go(.section(let index)): return index
                default: return nil
                }
            }
            return nil
        }
        for (index, section) in sections.enumerated() {
            var place = next[index]
            for _ in sections.indices {
                guard let current = place, current != index else { break }
                place = next[current]
            }
            guard place == index else { continue }
            context.report(
                "leads back to itself and neither says nor asks anything on the way; a caller would never leave it",
                path: section.path,
                mark: section.mark
            )
        }
    }

    /// Warns of sections that nothing leads to.
    mutating func warnAboutUnreached(_ sections: [ReadSection], begin: Int) {
        guard context.faults.isEmpty else { return }
        var reached: Set<Int> = []
        var pending = [begin]
        while let index = pending.popLast() {
            guard sections.indices.contains(index), reached.insert(index).inserted else { continue }
            for way in sections[index].section.steps.flatMap(\.ways) {
                if case .section(let next) = way.target { pending.append(next) }
            }
        }
        for (index, section) in sections.enumerated() where !reached.contains(index) {
            warn("is never reached; lead to it, or take it out", path: section.path, mark: section.mark)
        }
    }

    /// Notes something that is no fault but hardly meant.
    mutating func warn(_ message: String, path: String, mark: SourceMark) {
        warnings.append(ConfigurationFault(path: path, line: mark.line, column: mark.column, message: message))
    }
}
