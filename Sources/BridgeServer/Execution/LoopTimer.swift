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

/// The one timer of an event loop, which serves every call on it.
///
/// Entries are left in the heap when a deadline moves back and are looked at again when they come up, so that the many
/// changes of a call's deadline cost nothing; deadlines are rounded up to ``grain``, so that calls share wake-ups.
final class LoopTimer {
    /// Deadlines are met within this.
    static let grain: Int64 = 2_000_000

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
    private var scheduled: (deadline: NIODeadline, task: Scheduled<Void>)?
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

    private func schedule() {
        guard round == nil, let first = heap.min else { return }
        if let scheduled {
            guard first.deadline < scheduled.deadline else { return }
            scheduled.task.cancel()
        }
        let bound = NIOLoopBound(self, eventLoop: loop)
        scheduled = (first.deadline, loop.scheduleTask(deadline: first.deadline) { bound.value.fire() })
    }

    private func fire() {
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
        round = nil
        schedule()
    }
}
