// SPDX-License-Identifier: Apache-2.0

// What new calls are told.
extension LoopMeter {
    /// Whether new calls are refused.
    var isClosed: Bool { gate.isClosed || busy.isClosed }

    /// Why new calls are refused: a word, and the figures.
    var refusal: (reason: String, detail: String) {
        let name = "event loop \(figures.loop)"
        guard gate.isClosed else {
            let share = "its \(figures.calls) calls take \(Self.percent(busy.share(of: figures.calls))) % of it"
            return (
                "busy",
                "\(name) has too much to do: \(share)" + (busy.limit.map { ", at most \(Self.percent($0)) %" } ?? "")
            )
        }
        let limit = gate.limit.map { ", at most \($0 / 1_000) µs" } ?? ""
        return ("late", "\(name) is late by \(gate.average / 1_000) µs on average" + limit)
    }

    private static func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
}
