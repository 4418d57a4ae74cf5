// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// What one tenant's calls use of one event loop, and when they have to wait for others.
///
/// Work of its calls on the loop is timed and paid from a budget. While that is used up the sockets of calls that did the work
/// are not read: what their platforms send waits in the system's buffers and then with the platform. They are read again
/// one after the other as the budget fills. What the calls themselves have to send goes on: it is bounded by the time that
/// audio takes, and by the number of calls.
final class LoopShare {
    /// The time between two looks at who may be read again.
    static let pause = TimeAmount.milliseconds(2)
    /// Sockets that are read again at one look.
    static let resumedAtOnce = 8

    private let load: TenantLoad
    private let loop: any EventLoop
    private let clock: () -> Int64
    private var budget: ShareBudget
    private var usage: ShareUsage
    private var waiting: [any SharingCall] = []
    private var isScheduled = false

    /// A share of which nothing is used.
    ///
    /// - Parameters:
    ///   - load: the tenant's.
    ///   - loop: the loop it is used on.
    ///   - clock: nanoseconds of uptime.
    init(_ load: TenantLoad, loop: any EventLoop, clock: @escaping () -> Int64 = LoopShare.uptime) {
        self.load = load
        self.loop = loop
        self.clock = clock
        let now = clock()
        budget = ShareBudget(percent: load.cpuPercent, at: now)
        usage = ShareUsage(at: now)
    }

    /// Nanoseconds of uptime.
    static func uptime() -> Int64 { Int64(clamping: NIODeadline.now().uptimeNanoseconds) }

    /// Nanoseconds of uptime, when work begins that will be paid for.
    var now: Int64 { clock() }

    /// Whether one call more would be too many for the share.
    func isFull() -> Bool {
        let percent = load.cpuPercent
        budget.percent = Int64(percent)
        count(0, at: now)
        return percent < 100 && usage.expected * 100 > Double(percent)
    }

    /// Counts a call that comes.
    func callBegan() { usage.enter(at: now) }

    /// Counts a call that is settled.
    func callEnded() { usage.leave(at: now) }

    /// Pays for work that began at a time and is done now; true when it was more than there is.
    func spent(since start: Int64) -> Bool {
        let now = clock()
        let time = max(0, now - start)
        count(time, at: now)
        guard budget.percent < 100 else { return false }
        budget.spend(time, at: now)
        return !budget.isOpen(at: now)
    }

    private func count(_ nanoseconds: Int64, at now: Int64) {
        if let window = usage.spend(nanoseconds, at: now) { load.publish(loopNanoseconds: window, at: now) }
    }

    /// Lets a call's socket wait until there is budget for it.
    func wait(_ call: any SharingCall) {
        load.countWait()
        waiting.append(call)
        schedule()
    }

    private func schedule() {
        guard !isScheduled, !waiting.isEmpty else { return }
        isScheduled = true
        let wait = max(Self.pause, .nanoseconds(budget.wait()))
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: wait) { bound.value.resume() }
    }

    private func resume() {
        isScheduled = false
        // One at least, whatever the calls send: else their sockets would be taken for dead.
        let count = budget.isOpen(at: now) ? Self.resumedAtOnce : 1
        let resumed = waiting.prefix(count)
        waiting.removeFirst(resumed.count)
        for call in resumed { call.readAgain() }
        schedule()
    }
}

/// A call that shares a loop with other tenants' calls.
protocol SharingCall: AnyObject {
    /// Reads the socket again.
    func readAgain()
}
