// SPDX-License-Identifier: Apache-2.0

import HeapModule
import NIOCore

/// Something on an event loop that waits for a time.
protocol TimedByLoop: AnyObject {
    /// The time up to which the timer's entry for it stands; kept by ``LoopTimer``.
    var timerEntry: NIODeadline? { get set }
    /// When it wants to be called; nil when it waits for nothing.
    var nextDeadline: NIODeadline? { get }
    /// The time has come, or nearly.
    func timerFired(at now: NIODeadline)
}

/// The one timer of an event loop, which serves every call on it and what measures the loop.
///
/// Entries are left in the heap when a deadline moves back and are looked at again when they come up, so that the many
/// changes of a call's deadline cost nothing; deadlines are rounded up to ``grain``, so that calls share wake-ups. Each wake-up is
/// three system calls or more: one that happens looks at the entries of the next ``foresight`` too, and moves back those that
/// nobody waits for any more.
final class LoopTimer {
    /// Deadlines are met within this.
    static let grain: Int64 = 2_000_000
    /// How far ahead entries are looked at that nobody may wait for any more.
    static let foresight = TimeAmount.seconds(1)

    private struct Entry: Comparable {
        let deadline: NIODeadline
        let order: UInt64
        /// Which of ``waiting`` it is for.
        let slot: Int

        static func < (left: Entry, right: Entry) -> Bool {
            (left.deadline, left.order) < (right.deadline, right.order)
        }

        static func == (left: Entry, right: Entry) -> Bool {
            left.deadline == right.deadline && left.order == right.order
        }
    }

    /// Who waits, beside the heap: its entries are moved about, and plain numbers move for nothing.
    private struct Waiting {
        weak var target: (any TimedByLoop)?
    }

    /// What is measured on the loop.
    let meter: LoopMeter
    private let loop: any EventLoop
    private var waiting: [Waiting] = []
    private var freeSlots: [Int] = []
    private var heap = Heap<Entry>()
    private var order: UInt64 = 0
    private var scheduled: (deadline: NIODeadline, callback: NIOScheduledCallback)?
    /// The time of the round under way: what is due by then has its turn in the next one.
    private var round: NIODeadline?

    init(loop: any EventLoop, meter: LoopMeter? = nil) {
        self.loop = loop
        self.meter = meter ?? LoopMeter(loop: loop)
    }

    /// Sees to it that `target` is called no later than its deadline.
    func update(_ target: any TimedByLoop) {
        guard let wanted = target.nextDeadline else { return }
        update(target, wanted)
    }

    private func update(_ target: any TimedByLoop, _ wanted: NIODeadline) {
        // A deadline that stays in the past costs its own call a wake-up per grain, and nobody else anything.
        let deadline = Self.rounded(round.map { max($0 + .nanoseconds(1), wanted) } ?? wanted)
        if let entry = target.timerEntry, entry <= deadline { return }
        target.timerEntry = deadline
        order += 1
        heap.insert(Entry(deadline: deadline, order: order, slot: slot(for: target)))
        schedule()
    }

    private func slot(for target: any TimedByLoop) -> Int {
        guard let slot = freeSlots.popLast() else {
            waiting.append(Waiting(target: target))
            return waiting.count - 1
        }
        waiting[slot].target = target
        return slot
    }

    private func release(_ slot: Int) -> (any TimedByLoop)? {
        let target = waiting[slot].target
        waiting[slot].target = nil
        freeSlots.append(slot)
        return target
    }

    private static func rounded(_ deadline: NIODeadline) -> NIODeadline {
        let nanoseconds = Int64(clamping: deadline.uptimeNanoseconds)
        let (up, overflow) = nanoseconds.addingReportingOverflow(grain - 1)
        return overflow ? deadline : .uptimeNanoseconds(UInt64(up / grain * grain))
    }

    /// Entries in the heap, those that are out of date included.
    var entryCount: Int { heap.count }

    /// When the loop was told to wake up.
    var nextWakeUp: NIODeadline? { scheduled?.deadline }

    private func schedule() {
        guard round == nil else { return }
        guard let wanted = earliest(heap.min?.deadline, meter.nextTick) else { return }
        if let scheduled {
            guard wanted < scheduled.deadline else { return }
            scheduled.callback.cancel()
        }
        // Without the closure and the future of other scheduled tasks: it allocates nothing. A loop that ends takes none.
        let callback = try? loop.assumeIsolated().scheduleCallback(at: wanted, handler: self)
        scheduled = callback.map { (wanted, $0) }
    }

    private func earliest(_ first: NIODeadline?, _ second: NIODeadline?) -> NIODeadline? {
        guard let first else { return second }
        return second.map { min(first, $0) } ?? first
    }

    private func fire() {
        let due = scheduled?.deadline
        scheduled = nil
        let now = loop.now
        round = now
        while let first = heap.min, first.deadline <= now {
            heap.removeMin()
            guard let target = release(first.slot), target.timerEntry == first.deadline else { continue }
            target.timerEntry = nil
            guard let deadline = target.nextDeadline else { continue }
            if deadline <= now {
                meter.met(deadline, at: now)
                target.timerFired(at: now)
                // Most have asked for their next time by then.
                if target.timerEntry == nil { update(target) }
            } else {
                update(target, deadline)
            }
        }
        lookAhead(to: now + Self.foresight)
        let end = loop.now
        meter.worked((end - now).nanoseconds)
        meter.wake(due: due ?? now, at: now)
        round = nil
        schedule()
    }

    /// Moves back what nobody waits for any more, up to the first entry that somebody does.
    private func lookAhead(to time: NIODeadline) {
        while let first = heap.min, first.deadline <= time {
            let target = waiting[first.slot].target
            let isCurrent = target?.timerEntry == first.deadline
            let wanted = isCurrent ? target?.nextDeadline : nil
            if let wanted, Self.rounded(wanted) <= first.deadline { return }
            heap.removeMin()
            _ = release(first.slot)
            guard isCurrent, let target else { continue }
            target.timerEntry = nil
            if let wanted { update(target, wanted) }
        }
    }
}

// What is measured, which may want the timer sooner.
extension LoopTimer {
    /// Begins to measure the loop, until it ends.
    func start() {
        meter.start()
        schedule()
    }

    /// See ``LoopMeter/handled(_:readAt:heard:isOpening:)``.
    func handled(_ messages: Int, readAt arrival: NIODeadline, heard: Int64, isOpening: Bool) {
        meter.handled(messages, readAt: arrival, heard: heard, isOpening: isOpening)
        scheduleTick()
    }

    /// See ``LoopMeter/connectionBegan()``.
    func connectionBegan() {
        meter.connectionBegan()
        scheduleTick()
    }

    private func scheduleTick() {
        guard let tick = meter.nextTick, scheduled.map({ tick < $0.deadline }) ?? true else { return }
        schedule()
    }
}

extension LoopTimer: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) { fire() }
}
