// SPDX-License-Identifier: Apache-2.0
import CallModel
import Testing

@testable import BridgeServer

/// How calls that are handed over are spread out.
@Suite struct HandOverGateTests {
    static func instant(_ milliseconds: Int64) -> CallInstant { CallInstant(nanoseconds: milliseconds * 1_000_000) }

    @Test func `Ten a second go a tenth of a second apart, and who has to wait is told how long`() {
        let gate = HandOverGate(callsPerSecond: 10, at: Self.instant(1_000))
        #expect(gate.pass(at: Self.instant(1_000)) == nil)
        #expect(gate.pass(at: Self.instant(1_000)) == .milliseconds(100))
        #expect(gate.pass(at: Self.instant(1_030)) == .milliseconds(70))
        #expect(gate.pass(at: Self.instant(1_100)) == nil)
        #expect(gate.passed == 2)
    }

    @Test(arguments: [1, 7, 10, 1_000])
    func `A hundred calls that all wait go no faster than they may, and none for ever waits`(rate: Int) {
        let gate = HandOverGate(callsPerSecond: rate, at: Self.instant(0))
        var waiting = [CallInstant](repeating: Self.instant(0), count: 100)
        var went: [CallInstant] = []
        while let next = waiting.indices.min(by: { waiting[$0] < waiting[$1] }) {
            let now = waiting[next]
            if let wait = gate.pass(at: now) {
                #expect(wait > .zero && wait <= .nanoseconds(1_000_000_000 / Int64(rate)))
                waiting[next] = now + wait
            } else {
                went.append(now)
                waiting.remove(at: next)
            }
        }
        #expect(went.count == 100 && gate.passed == 100)
        let first = went[0]
        for (number, time) in went.enumerated() {
            #expect(time - first >= .nanoseconds(Int64(number) * (1_000_000_000 / Int64(rate))))
        }
    }

    @Test func `Room that nobody took is not made up for`() {
        let gate = HandOverGate(callsPerSecond: 10, at: Self.instant(0))
        #expect(gate.pass(at: Self.instant(5_000)) == nil)
        #expect(gate.pass(at: Self.instant(5_000)) == nil)
        #expect(gate.pass(at: Self.instant(5_000)) == .milliseconds(100))
    }
}
