// SPDX-License-Identifier: Apache-2.0
import CallModel
import NIOCore
import NIOEmbedded
import Testing

@testable import BridgeServer

/// What is measured on a loop, in virtual time.
@Suite struct LoopMeterTests {
    /// What the loop's thread is said to have had of a processor.
    final class Processor {
        var time: Int64 = 0
        var asked = 0
    }

    let loop = EmbeddedEventLoop()
    let board = LoopBoard(loop: 3)
    let processor = Processor()
    let meter: LoopMeter
    let timer: LoopTimer

    init() {
        meter = LoopMeter(
            loop: loop,
            number: 3,
            board: board,
            limits: LoopLimits(lag: .milliseconds(20), busy: 0.5)
        ) { [processor] in
            processor.asked += 1
            return processor.time
        }
        timer = LoopTimer(loop: loop, meter: meter)
    }

    /// A time so many milliseconds after the clock's origin.
    private func time(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(UInt64(milliseconds) * 1_000_000) }

    private func pass(_ milliseconds: Int64, inStepsOf step: Int64 = 20) {
        for _ in 0..<(milliseconds / step) { loop.advanceTime(by: .milliseconds(step)) }
    }

    @Test func `It ticks once a second where there is nothing to see, and asks nobody for the time`() {
        timer.start()
        pass(10_000)
        let figures = board.figures(at: loop.now)
        #expect(figures.loop == 3)
        #expect((10...11).contains(figures.lag.count))
        #expect(figures.lag.maximum == 0)
        #expect(figures.averageLag == 0 && !figures.isLate && figures.overdue == 0)
        #expect(processor.asked == 0)
    }

    @Test func `It ticks ten times a second while connections come, and a second longer`() {
        timer.start()
        pass(2_000)
        let before = meter.figures.lag.count
        for _ in 0..<4 {
            timer.connectionBegan()
            pass(500)
        }
        #expect((19...21).contains(meter.figures.lag.count - before))
        pass(1_000)
        let after = meter.figures.lag.count
        pass(5_000)
        #expect((4...6).contains(meter.figures.lag.count - after))
    }

    @Test func `A deadline that is met late makes it look at once`() {
        timer.start()
        pass(3_000)
        let before = meter.figures.lag.count
        meter.met(loop.now - .milliseconds(30), at: loop.now)
        let sleeper = LoopTimerTests.Sleeper(0, 3_010)
        timer.update(sleeper)
        pass(1_000)
        #expect(meter.figures.lag.count - before >= 9)
    }

    @Test func `The next tick is counted from the last, so that a stall is one lag and not many`() throws {
        timer.start()
        // The embedded loop does nothing between two steps, as one that is busy.
        loop.advanceTime(by: .milliseconds(100))
        let stalled = board.figures(at: time(2_350))
        #expect(stalled.overdue == 1_250_000_000)
        #expect(stalled.lag.count == 1)
    }

    @Test func `Messages, deadlines and calls are told with the next window`() {
        timer.start()
        meter.callBegan()
        meter.callBegan()
        meter.callEnded()
        meter.met(time(10), at: time(13))
        meter.met(time(20), at: time(20))
        loop.advanceTime(by: .milliseconds(60))
        timer.handled(3, readAt: time(20), heard: 0, isOpening: false)
        timer.handled(0, readAt: time(0), heard: 0, isOpening: false)
        #expect(board.figures(at: loop.now) == LoopFigures(loop: 3))
        loop.advanceTime(by: .milliseconds(40))
        let figures = board.figures(at: loop.now)
        #expect(figures.calls == 1 && figures.callsTaken == 2)
        #expect(figures.lateness.count == 2)
        #expect(figures.lateness.maximum == 3_000_000)
        #expect(figures.frameAge.count == 3)
        #expect(figures.frameAge.maximum == 40_000_000)
    }

    @Test func `Frames close windows between two ticks`() {
        timer.start()
        pass(2_400)
        let before = meter.figures.lag.count
        pass(300)
        timer.handled(1, readAt: loop.now, heard: 20_000_000, isOpening: false)
        #expect(board.figures(at: loop.now).frameAge.count == 1)
        #expect(meter.figures.lag.count == before)
    }

    @Test func `Calls that take more of the thread than they may close it, and are told with their share`() {
        timer.start()
        for _ in 0..<100 { meter.callBegan() }
        for _ in 0..<30 {
            let arrival = loop.now
            loop.advanceTime(by: .milliseconds(40))
            timer.handled(20, readAt: arrival, heard: 4_000_000_000, isOpening: false)
            processor.time += 60_000_000
            loop.advanceTime(by: .milliseconds(60))
        }
        #expect(meter.isClosed && meter.busy.isClosed && !meter.gate.isClosed)
        #expect(meter.refusal.reason == "busy")
        #expect(meter.refusal.detail.hasPrefix("event loop 3 has too much to do: its 100 calls take "))
        #expect(meter.refusal.detail.hasSuffix(" % of it, at most 50 %"))
        #expect(abs(board.figures(at: loop.now).busy - 0.6) < 0.06)
        #expect(board.figures(at: loop.now).isBusy)
        for _ in 0..<50 { meter.callEnded() }
        #expect(!meter.isClosed)
    }

    @Test func `What messages before a call's start take is no cost of calls`() {
        timer.start()
        meter.callBegan()
        for _ in 0..<30 {
            let arrival = loop.now
            loop.advanceTime(by: .milliseconds(80))
            timer.handled(1, readAt: arrival, heard: 0, isOpening: true)
            processor.time += 90_000_000
            loop.advanceTime(by: .milliseconds(20))
        }
        #expect(meter.busy.cost < 0.001)
    }

    @Test func `What is due is met by the loop's timer`() {
        let sleeper = LoopTimerTests.Sleeper(0, 50, 71)
        timer.update(sleeper)
        loop.advanceTime(by: .milliseconds(60))
        loop.advanceTime(by: .milliseconds(60))
        // 71 ms is rounded up to 72, so that calls share wake-ups.
        #expect(meter.figures.lateness.count == 2)
        #expect(meter.figures.lateness.maximum == 1_000_000)
    }
}
