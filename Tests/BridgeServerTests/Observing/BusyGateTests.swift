// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BridgeServer

/// When an event loop that its calls keep busy refuses another, in virtual time.
@Suite struct BusyGateTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var rate: Double
        var most: Int
        var frames = 10.0
        var handling = 25e-6
        var factor = 1.4
        var opening = 0.0002
        var available = 1.0
        var limit: Double? = 0.85
        /// The share of the thread that the calls need in the end.
        var needed: ClosedRange<Double>
        var refuses: Bool

        var testDescription: String { name }
    }

    static let cases = [
        // 0.035 % of a thread each: 3,000 need 105 %.
        Case(name: "a ramp of seconds to more than all", rate: 500, most: 3_000, needed: 0.78...0.88, refuses: true),
        Case(
            name: "the same in one second",
            rate: 3_000,
            most: 3_000,
            opening: 5e-5,
            needed: 0.75...0.9,
            refuses: true
        ),
        Case(
            name: "the same while handshakes take nine tenths",
            rate: 3_000,
            most: 9_000,
            opening: 0.0003,
            needed: 0.4...0.95,
            refuses: true
        ),
        Case(name: "messages of 20 ms", rate: 200, most: 1_000, frames: 50, needed: 0.78...0.88, refuses: true),
        Case(name: "few dear calls", rate: 5, most: 100, handling: 0.0015, needed: 0.75...0.9, refuses: true),
        Case(name: "much around the handling", rate: 500, most: 3_000, factor: 3, needed: 0.75...0.92, refuses: true),
        Case(
            name: "little around the handling",
            rate: 500,
            most: 3_000,
            factor: 1.05,
            needed: 0.7875...0.7875,
            refuses: false
        ),
        Case(name: "fewer than the limit", rate: 500, most: 2_200, needed: 0.77...0.77, refuses: false),
        Case(
            name: "TLS handshakes that take the whole thread",
            rate: 1_000,
            most: 1_200,
            opening: 0.0012,
            needed: 0.42...0.42,
            refuses: false
        ),
        Case(name: "calls that say nothing", rate: 800, most: 8_000, frames: 0, needed: 0...0, refuses: false),
        Case(
            name: "others take half of the processor",
            rate: 100,
            most: 600,
            available: 0.5,
            needed: 0.21...0.21,
            refuses: false
        ),
        Case(name: "no limit", rate: 3_000, most: 3_000, limit: nil, needed: 1.05...1.05, refuses: false),
    ]

    @Test(arguments: cases)
    func `So much is taken of the thread, and no more is let in`(wanted: Case) {
        var loop = SimulatedLoop(limit: wanted.limit)
        loop.rate = wanted.rate
        loop.most = wanted.most
        loop.frames = wanted.frames
        loop.handling = wanted.handling
        loop.factor = wanted.factor
        loop.opening = wanted.opening
        loop.available = wanted.available
        loop.pass(Double(wanted.most) / wanted.rate + 5)
        #expect(wanted.needed.contains((loop.needed * 1e6).rounded() / 1e6), "\(loop.needed) with \(loop.calls) calls")
        #expect((loop.refused > 0) == wanted.refuses, "\(loop.refused)")
    }

    @Test func `It opens when calls have ended, not for the first that does`() {
        var loop = SimulatedLoop()
        loop.most = 3_000
        loop.rate = 1_000
        loop.pass(6)
        #expect(loop.gate.isClosed)
        loop.end(20)
        #expect(loop.gate.isClosed)
        loop.end(loop.calls / 10)
        #expect(!loop.gate.isClosed)
    }

    @Test(arguments: [0.001, 0.05, 0.3])
    func `A stall with few calls up refuses nobody`(processor: Double) {
        var loop = SimulatedLoop()
        loop.most = 20
        loop.pass(2)
        loop.stall(seconds: 3, processor: processor)
        #expect(!loop.gate.isClosed)
        #expect(loop.gate.share(of: 20) < 0.3)
    }

    @Test(arguments: [(0.3, false), (0.6, false), (0.7, true)])
    func `A thread with time to spare refuses nobody, however dear its first calls look`(taken: Double, refuses: Bool) {
        var gate = BusyGate(limit: 0.85)
        // 150 calls that are held to take more of the thread than there is.
        for _ in 0..<10 {
            let time = Int64(taken * 1e8)
            gate.note(
                LoopWindow(
                    length: 100_000_000,
                    processor: time,
                    handling: time,
                    heard: time,
                    openings: 40,
                    callsBefore: 0,
                    callsAfter: 20
                )
            )
        }
        gate.note(calls: 150)
        #expect(gate.share(of: 150) > 1)
        #expect(gate.isClosed == refuses)
    }

    @Test func `What a call costs is told within a tenth after two seconds`() {
        var loop = SimulatedLoop()
        loop.most = 500
        loop.rate = 500
        loop.pass(3)
        #expect(abs(loop.gate.cost / 0.00035 - 1) < 0.1)
        #expect(abs(loop.gate.overhead.factor / 1.4 - 1) < 0.05)
    }
}
