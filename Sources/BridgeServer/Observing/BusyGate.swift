// SPDX-License-Identifier: Apache-2.0

/// Decides by what calls take of an event loop's thread whether it takes another.
///
/// It knows what a call costs, over about a second, and counts every call that is up at that cost, also those that were let in a
/// moment ago and have not begun to speak: a ramp is over before a lag shows. The cost is the thread's own time, not the
/// clock's: what others take of the machine makes no call dearer (a loop that is kept from the processor is late, which
/// ``LagGate`` sees). Opening connections is no cost of a call: it passes.
///
/// What the first calls of a ramp cost is told badly: code is loaded, memory is mapped, and openings are all around. So a
/// thread that has most of what it may take to spare refuses nobody, whatever its calls are held to cost.
struct BusyGate: Sendable, Equatable {
    private static let memory = 7.0 / 8
    /// What a call costs until one was heard, a thousandth of the thread, weighs as much as one second of one call.
    private static let usual = (cost: 0.001, time: 1.0)
    /// The part of the limit at which a closed gate opens.
    private static let reopening = 0.95
    /// The part of the limit that the thread must really have taken.
    private static let taken = 0.75
    /// A thread with no more time than this left may owe its calls something.
    private static let saturation = 0.9
    /// How many times what was done may be owed at most.
    private static let mostOwed = 10.0

    /// The share of the thread at which the gate closes; nil for never.
    private(set) var limit: Double?
    /// Whether new calls are refused.
    private(set) var isClosed = false
    private(set) var overhead = LoopOverhead()
    /// The share of the thread that was taken, by whatever, over the last two windows or so.
    private(set) var taken = 0.0
    // Sums over the last windows, in seconds.
    private var work = 0.0
    /// Calls as the window before the last began: by now they speak.
    private var settledCalls = 0
    private var time = 0.0
    private var heard = 0.0
    private var heardTime = 0.0

    /// An open gate.
    init(limit: Double?) { self.limit = limit }

    /// Changes the limit; what was measured stays.
    mutating func limit(to limit: Double?) {
        self.limit = limit
        if limit == nil { isClosed = false }
    }

    /// The share of the loop's thread that a call takes.
    var cost: Double { (work + Self.usual.cost * Self.usual.time) / (time + Self.usual.time) }

    /// The share of the loop's thread that so many calls take.
    func share(of calls: Int) -> Double { cost * Double(calls) }

    /// Takes how many calls there are.
    mutating func note(calls: Int) {
        guard let limit else { return }
        let share = share(of: calls)
        let isTooMuch = isClosed ? share > limit * Self.reopening : share >= limit
        isClosed = isTooMuch && taken >= limit * Self.taken
    }

    /// Takes what a window measured.
    mutating func note(_ window: LoopWindow) {
        overhead.learn(window)
        let length = Double(window.length) / 1e9
        // A call that has just come costs nothing yet: to count it would make all of them look cheap.
        let settled = Double(min(settledCalls, window.callsBefore)) * length
        let callTime = max(settled, Double(window.callsAfter) / 3 * length)
        settledCalls = window.callsBefore
        var done = Double(window.handling) / 1e9 * overhead.factor
        if let processor = window.processor { done = min(done, Double(processor) / 1e9) }
        taken = (taken + (window.processor.map { Double($0) / 1e9 } ?? done) / length) / 2
        let isSaturated = max(done, Double(window.processor ?? 0) / 1e9) >= length * Self.saturation
        work = work * Self.memory + done * (isSaturated ? owed(window, settled) : 1)
        time = time * Self.memory + callTime
        if !isSaturated {
            heard = heard * Self.memory + Double(window.heard) / 1e9
            heardTime = heardTime * Self.memory + settled
        }
        note(calls: window.callsAfter)
    }

    /// How many times what was heard the calls have said: audio that waits in sockets is work to come.
    ///
    /// Until something was heard in peace, a call is taken to speak all the time.
    private func owed(_ window: LoopWindow, _ callTime: Double) -> Double {
        guard window.heard > 0 else { return 1 }
        let said = (heard + 1) / (heardTime + 1) * callTime
        return min(max(said / (Double(window.heard) / 1e9), 1), Self.mostOwed)
    }
}
