// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore

/// Measures one event loop, on it: its lag by a tick, what its calls take of it, and how they tell of their messages and
/// deadlines.
///
/// ``LoopTimer`` wakes it. It wants that ten times a second while there is something to see: connections that come, calls that
/// take a tenth of the loop, anything late. Else it is content with once, and with the wake-ups of others: the frames that come
/// close its windows. Nothing here locks or allocates but the publishing of a window.
final class LoopMeter {
    /// The time between two ticks while there is something to see, and how long a window is.
    static let period = TimeAmount.milliseconds(100)
    /// The time between two ticks while there is nothing to see.
    static let calmPeriod = TimeAmount.seconds(1)
    /// The time between two ticks from which a wake-up for something else will do for one, while there is nothing to see.
    private static let sharedPeriod = TimeAmount.milliseconds(500)
    /// The shortest window that a tick closes.
    private static let shortestWindow = TimeAmount.milliseconds(50)
    /// The part of a window, one in so many, that is much for messages to take.
    private static let much: Int64 = 10
    /// How late is late, where nothing else is said, in nanoseconds.
    private static let usualLateness: Int64 = 5_000_000

    private(set) var figures: LoopFigures
    private(set) var gate: LagGate
    private(set) var busy: BusyGate
    private let loop: any EventLoop
    private let board: LoopBoard
    private let processorTime: () -> Int64
    /// What is late enough to look closely, in nanoseconds.
    private var lateness: Int64
    /// When it wants to be woken; nil before it began.
    private(set) var nextTick: NIODeadline?
    private var lastTick: NIODeadline
    private var alertUntil: NIODeadline
    private var window = LoopWindow(length: 0)
    private var windowStart: NIODeadline
    /// The thread's time at the window's start, where it was asked for.
    private var processorStart: Int64?

    /// A meter that does not tick.
    ///
    /// - Parameters:
    ///   - loop: the loop it is used on.
    ///   - number: the loop's number.
    ///   - board: where its figures are hung out.
    ///   - limits: by which new calls are refused.
    ///   - processorTime: the time that the loop's thread has had of a processor, in nanoseconds.
    init(
        loop: any EventLoop,
        number: Int = 0,
        board: LoopBoard? = nil,
        limits: LoopLimits = LoopLimits(),
        processorTime: @escaping () -> Int64 = ProcessorTime.ofThread
    ) {
        self.loop = loop
        self.board = board ?? LoopBoard(loop: number)
        self.processorTime = processorTime
        figures = LoopFigures(loop: number)
        gate = LagGate(limit: limits.lag)
        busy = BusyGate(limit: limits.busy)
        lateness = gate.limit.map { $0 / 4 } ?? Self.usualLateness
        let now = loop.now
        (lastTick, alertUntil, windowStart) = (now, now, now)
    }

    /// Changes the limits by which new calls are refused; what was measured stays.
    func limit(to limits: LoopLimits) {
        loop.assertInEventLoop()
        gate.limit(to: limits.lag)
        busy.limit(to: limits.busy)
        lateness = gate.limit.map { $0 / 4 } ?? Self.usualLateness
    }

    /// Begins to tick: ``nextTick`` is when it wants to be woken.
    func start() {
        nextTick = loop.now + Self.period
        windowStart = loop.now
    }

    /// Notes that messages which were read at `arrival` have been dealt with, and what answers them written.
    ///
    /// - Parameters:
    ///   - messages: how many they were.
    ///   - arrival: when they were read off the socket.
    ///   - heard: audio that was in them, in nanoseconds.
    ///   - isOpening: whether the call had not started before them.
    func handled(_ messages: Int, readAt arrival: NIODeadline, heard: Int64 = 0, isOpening: Bool = false) {
        guard messages > 0 else { return }
        loop.assertInEventLoop()
        let now = loop.now
        let age = (now - arrival).nanoseconds
        figures.frameAge.record(age, times: messages)
        if !isOpening { window.handling += age }
        window.heard += heard
        if age > lateness { beAlert(at: now) }
        if now >= windowStart + Self.period { closeWindow(at: now) }
    }

    /// Notes that what was due at a time is done now.
    func met(_ deadline: NIODeadline, at now: NIODeadline) {
        loop.assertInEventLoop()
        let late = (now - deadline).nanoseconds
        figures.lateness.record(late)
        if late > lateness { beAlert(at: now) }
    }

    /// Notes the time that deadlines of calls took which were met together.
    func worked(_ nanoseconds: Int64) { window.handling += nanoseconds }

    /// Notes a connection that came about, whatever becomes of it.
    func connectionBegan() {
        window.openings += 1
        beAlert(at: loop.now)
    }

    /// Notes a call that came about on the loop.
    func callBegan() {
        loop.assertInEventLoop()
        figures.calls += 1
        figures.callsTaken += 1
        busy.note(calls: figures.calls)
    }

    /// Notes that a call of the loop is settled, its bot included.
    func callEnded() {
        loop.assertInEventLoop()
        figures.calls -= 1
        busy.note(calls: figures.calls)
    }

    /// Ticks, if it is time to, or about time: it is awake anyway.
    ///
    /// - Parameters:
    ///   - due: the time for which the loop was told to wake up.
    ///   - now: the time at which it did.
    func wake(due: NIODeadline, at now: NIODeadline) {
        guard let nextTick else { return }
        let isAlert = now < alertUntil
        guard now >= nextTick || (!isAlert && now >= lastTick + Self.sharedPeriod) else { return }
        let lag = (now - min(due, nextTick)).nanoseconds
        figures.lag.record(lag)
        gate.note(lag)
        figures.averageLag = Int(gate.average)
        figures.isLate = gate.isClosed
        lastTick = now
        // Before the window is hung out with it.
        self.nextTick = now + (isAlert ? Self.period : Self.calmPeriod)
        if lag > lateness || gate.isClosed { beAlert(at: now) }
        if now >= windowStart + Self.shortestWindow { closeWindow(at: now) } else { publish() }
    }

    /// Ticks ten times a second for a second.
    private func beAlert(at now: NIODeadline) {
        alertUntil = now + Self.calmPeriod
        if let next = nextTick, next > now + Self.period { nextTick = now + Self.period }
    }

    private func closeWindow(at now: NIODeadline) {
        window.length = (now - windowStart).nanoseconds
        window.callsAfter = figures.calls
        let isMuch = window.openings > 0 || window.handling > window.length / Self.much
        if isMuch {
            beAlert(at: now)
            let processor = processorTime()
            window.processor = processorStart.map { processor - $0 }
            processorStart = processor
        }
        // The first one in which there is much to see may have been one stall: it tells where to count from.
        if !isMuch || window.processor != nil { busy.note(window) } else { busy.note(calls: figures.calls) }
        if !isMuch { processorStart = nil }
        figures.busy = busy.share(of: figures.calls)
        figures.isBusy = busy.isClosed
        windowStart = now
        window = LoopWindow(length: 0, callsBefore: figures.calls)
        publish()
    }

    private func publish() { board.publish(figures, nextTick: nextTick) }
}
