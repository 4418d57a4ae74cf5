// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

/// Stages that follow one another, drawn as bars under one another.
enum Waterfall {
    /// A stage and when it was over.
    struct Stage: Equatable {
        var name: String
        /// Counted from the caller's last word.
        var end: Duration

        init(_ name: String, _ end: Duration) {
            self.name = name
            self.end = end
        }
    }

    /// Columns of the longest bar.
    private static let columns = 40
    /// Columns of a name.
    private static let nameColumns = 14

    /// A line for each stage in the order in which they were over: its bar begins where the one before it ends.
    static func lines(_ stages: [Stage]) -> [String] {
        let stages = stages.sorted { $0.end < $1.end }
        guard let last = stages.last?.end else { return [] }
        let whole = max(.milliseconds(1), last)
        var before = Duration.zero
        return stages.map { stage in
            let end = max(stage.end, before)
            defer { before = end }
            let (from, to) = (column(before, of: whole), max(column(before, of: whole), column(end, of: whole)))
            let bar =
                String(repeating: " ", count: from) + String(repeating: "#", count: to - from)
                + String(repeating: " ", count: columns - to)
            let name = String(stage.name.prefix(nameColumns))
            let padded = name + String(repeating: " ", count: nameColumns - name.count)
            let (at, share) = (end.roundedMilliseconds, (end - before).roundedMilliseconds)
            return "  \(padded) |\(bar)| \(at) ms (+\(share))"
        }
    }

    private static func column(_ time: Duration, of whole: Duration) -> Int {
        min(columns, max(0, Int((time / whole * Double(columns)).rounded())))
    }
}
