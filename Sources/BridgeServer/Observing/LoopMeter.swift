// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore

/// Measures one event loop, on it: its lag by a tick, and what its calls tell of their messages and deadlines.
///
/// Nothing here locks or allocates but the publishing of a tick, ten times a second.
final class LoopMeter {
    /// The time between two ticks.
    static let period = TimeAmount.milliseconds(100)

    private(set) var figures: LoopFigures
    private(set) var gate: LagGate
    private let loop: any EventLoop
    private let board: LoopBoard
    private var nextTick: NIODeadline

    /// A meter that does not tick.
    ///
    /// - Parameters:
    ///   - loop: the loop it is used on.
    ///   - number: the loop's number.
    ///   - board: where its figures are hung out.
    ///   - limit: the average lag from which new calls are refused; nil for none.
    init(loop: any EventLoop, number: Int = 0, board: LoopBoard? = nil, limit: Duration? = nil) {
        self.loop = loop
        self.board = board ?? LoopBoard(loop: number)
        figures = LoopFigures(loop: number)
        gate = LagGate(limit: limit)
        nextTick = loop.now
    }

    /// Begins to tick, until the loop ends.
    func start() {
        nextTick = loop.now + Self.period
        schedule()
    }

    /// Notes that messages which were read at `arrival` have been dealt with, and what answers them written.
    func handled(_ messages: Int, readAt arrival: NIODeadline) {
        guard messages > 0 else { return }
        loop.assertInEventLoop()
        figures.frameAge.record((loop.now - arrival).nanoseconds, times: messages)
    }

    /// Notes that what was due at a time is done now.
    func met(_ deadline: NIODeadline, at now: NIODeadline) {
        loop.assertInEventLoop()
        figures.lateness.record((now - deadline).nanoseconds)
    }

    /// Notes a call that came about on the loop.
    func callBegan() {
        loop.assertInEventLoop()
        figures.calls += 1
        figures.callsTaken += 1
    }

    /// Notes that a call of the loop is settled, its bot included.
    func callEnded() {
        loop.assertInEventLoop()
        figures.calls -= 1
    }

    private func schedule() {
        // Without the closure and the future of other scheduled tasks: it allocates nothing. A loop that ends takes none.
        _ = try? loop.assumeIsolated().scheduleCallback(at: nextTick, handler: self)
    }

    private func tick() {
        let now = loop.now
        let lag = (now - nextTick).nanoseconds
        figures.lag.record(lag)
        gate.note(lag)
        figures.averageLag = Int(gate.average)
        figures.isLate = gate.isClosed
        nextTick = now + Self.period
        board.publish(figures, nextTick: nextTick)
        schedule()
    }
}

extension LoopMeter: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) { tick() }
}
