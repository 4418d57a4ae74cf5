// SPDX-License-Identifier: Apache-2.0

/// Finds the name that somebody probably meant.
package enum NearestName {
    /// The closest of `names` to `written`, or nil when none is close: at most a third of the letters may differ, case,
    /// `-` and `_` aside.
    ///
    /// Of equally close names the first is taken.
    package static func find(_ written: String, among names: some Sequence<String>) -> String? {
        let wanted = letters(of: written)
        guard (1...64).contains(wanted.count) else { return nil }
        var best: (name: String, distance: Int)?
        for name in names {
            let candidate = letters(of: name)
            guard candidate.count <= 64 else { continue }
            let distance = editDistance(wanted, candidate)
            guard distance <= max(1, max(wanted.count, candidate.count) / 3), distance < candidate.count else {
                continue
            }
            if distance < best?.distance ?? .max { best = (name, distance) }
        }
        return best?.name
    }

    /// Fewest insertions, deletions, replacements and swaps of neighbours that turn one into the other.
    ///
    /// Optimal string alignment: the Levenshtein distance with swaps, no element changed twice.
    static func editDistance<Element: Equatable>(_ first: [Element], _ second: [Element]) -> Int {
        var beforeLast = [Int]()
        var last = Array(0...second.count)
        for (row, element) in first.enumerated() {
            var current = [row + 1]
            for column in second.indices {
                let replaced = last[column] + (element == second[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, element == second[column - 1], first[row - 1] == second[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[second.count]
    }

    private static func letters(of name: String) -> [Character] {
        name.lowercased().map { $0 == "-" ? "_" : $0 }
    }
}
