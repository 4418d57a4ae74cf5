// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BridgeServer

/// When a late event loop refuses calls, tick by tick.
@Suite struct LagGateTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// Lags in milliseconds, and how many ticks in a row have each.
        var lags: [(lag: Double, ticks: Int)]
        var limit: Duration? = .milliseconds(20)
        /// The ticks, from 1, after which the gate is another than before.
        var changes: [Int]

        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "punctual", lags: [(0.1, 1_000)], changes: []),
        Case(name: "always a little under the limit", lags: [(19.9, 1_000)], changes: []),
        Case(name: "one hiccup of a tenth of a second", lags: [(0.1, 50), (100, 1), (0.1, 50)], changes: []),
        Case(name: "one hiccup of a minute", lags: [(0.1, 50), (60_000, 1), (0.1, 50)], changes: []),
        Case(
            name: "a hiccup each second",
            lags: Array(repeating: [(2_000, 1), (0, 9)], count: 20).flatMap { $0 },
            changes: []
        ),
        // 80 ms count for each: 10, 18.75, 26.41, then 7/8 of it for each punctual tick: 10.08 and 8.82 after 8 and 9.
        Case(name: "three hiccups in a row", lags: [(500, 3), (0, 50)], changes: [3, 11]),
        // 30·(1 − (7/8)^n) reaches 20 at the ninth.
        Case(name: "half as late again as allowed", lags: [(30, 100)], changes: [9]),
        Case(name: "overload and its end", lags: [(300, 20), (0.1, 40)], changes: [3, 36]),
        // At 15 ms it stays as it was: above half of the limit, and below it.
        Case(name: "between the two bounds", lags: [(15, 100), (300, 20), (15, 100), (5, 100)], changes: [101, 226]),
        Case(name: "no limit", lags: [(60_000, 100)], limit: nil, changes: []),
        Case(name: "a clock that goes back", lags: [(-50, 100), (30, 8)], changes: []),
    ]

    @Test(arguments: cases)
    func `It closes and opens at these ticks`(wanted: Case) {
        var gate = LagGate(limit: wanted.limit)
        var changes: [Int] = []
        var tick = 0
        for (lag, ticks) in wanted.lags {
            for _ in 0..<ticks {
                tick += 1
                let was = gate.isClosed
                gate.note(Int64(lag * 1_000_000))
                if gate.isClosed != was { changes.append(tick) }
            }
        }
        #expect(changes == wanted.changes)
    }

    @Test(arguments: [nil, Duration.milliseconds(20)])
    func `The average is near what is always so`(limit: Duration?) {
        var gate = LagGate(limit: limit)
        for _ in 0..<200 { gate.note(7_000_000) }
        #expect(abs(gate.average - 7_000_000) < 1_000)
    }
}
