// SPDX-License-Identifier: Apache-2.0
import CallModel
import NIOCore
import NIOEmbedded
import Testing

@testable import BridgeServer

/// What is measured on a loop, in virtual time.
@Suite struct LoopMeterTests {
    let loop = EmbeddedEventLoop()
    let board = LoopBoard(loop: 3)
    let meter: LoopMeter

    init() { meter = LoopMeter(loop: loop, number: 3, board: board, limit: .milliseconds(20)) }

    /// A time so many milliseconds after the clock's origin.
    private func time(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(UInt64(milliseconds) * 1_000_000) }

    @Test func `It ticks ten times a second and hangs its figures out`() {
        meter.start()
        for _ in 0..<100 { loop.advanceTime(by: .milliseconds(20)) }
        let figures = board.figures(at: loop.now)
        #expect(figures.loop == 3)
        #expect(figures.lag.count == 20)
        #expect(figures.lag.maximum == 0)
        #expect(figures.averageLag == 0 && !figures.isLate && figures.overdue == 0)
    }

    @Test func `The next tick is counted from the last, so that a stall is one lag and not many`() throws {
        meter.start()
        // The embedded loop does nothing between two steps, as one that is busy.
        loop.advanceTime(by: .milliseconds(100))
        let stalled = board.figures(at: time(1_450))
        #expect(stalled.overdue == 1_250_000_000)
        #expect(stalled.lag.count == 1)
    }

    @Test func `Messages, deadlines and calls are told after the next tick`() {
        meter.start()
        meter.callBegan()
        meter.callBegan()
        meter.callEnded()
        meter.met(time(10), at: time(13))
        meter.met(time(20), at: time(20))
        loop.advanceTime(by: .milliseconds(60))
        meter.handled(3, readAt: time(20))
        meter.handled(0, readAt: time(0))
        #expect(board.figures(at: loop.now) == LoopFigures(loop: 3))
        loop.advanceTime(by: .milliseconds(40))
        let figures = board.figures(at: loop.now)
        #expect(figures.calls == 1 && figures.callsTaken == 2)
        #expect(figures.lateness.count == 2)
        #expect(figures.lateness.maximum == 3_000_000)
        #expect(figures.frameAge.count == 3)
        #expect(figures.frameAge.maximum == 40_000_000)
    }

    @Test func `What is due is met by the loop's timer`() {
        let timer = LoopTimer(loop: loop, meter: meter)
        let sleeper = LoopTimerTests.Sleeper(0, 50, 71)
        timer.update(sleeper)
        loop.advanceTime(by: .milliseconds(60))
        loop.advanceTime(by: .milliseconds(60))
        // 71 ms is rounded up to 72, so that calls share wake-ups.
        #expect(meter.figures.lateness.count == 2)
        #expect(meter.figures.lateness.maximum == 1_000_000)
    }
}
