// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration

/// The calls of one scope: how many are up, how fast they came, and how long they lasted today.
///
/// A few numbers whatever the calls are; limits are arguments, so that they can change at any time. Lengths of calls are
/// counted in milliseconds: those of a million calls of a year fit.
struct AdmissionAccount: Sendable, Equatable {
    /// Calls that are up.
    private(set) var calls = 0
    /// When the calls that came will have been paid for at the allowed rate, in nanoseconds of uptime: a bucket of tokens
    /// in one number (the virtual scheduling of ITU-T I.371 §A).
    private var paidUntil: Int64 = 0
    /// What calls that are over lasted of this day.
    private var ended: Int64 = 0
    /// The sum of when live calls began, or the day began if that was later.
    private var beginnings: Int64 = 0

    /// What all calls lasted of this day until now, in milliseconds.
    func talked(at now: Int64) -> Int64 { ended + Int64(calls) * now - beginnings }

    /// Nanoseconds until the rate lets another call in; 0 or less for now.
    func wait(_ quota: CallQuota, at uptime: Int64) -> Int64 {
        guard let rate = quota.callsPerSecond else { return 0 }
        let spare = Int64((quota.burst ?? rate) - 1) * Self.interval(rate)
        return paidUntil - spare - uptime
    }

    /// Counts a call that is let in.
    mutating func enter(_ quota: CallQuota, uptime: Int64, milliseconds now: Int64) {
        calls += 1
        beginnings += now
        if let rate = quota.callsPerSecond { paidUntil = max(paidUntil, uptime) + Self.interval(rate) }
    }

    /// Takes a call from the count that began at a time, or when the day did if that was later.
    mutating func leave(began: Int64, milliseconds now: Int64) {
        calls -= 1
        beginnings -= began
        ended += now - began
    }

    /// Counts what was talked today before this process began.
    mutating func restore(milliseconds: Int64) { ended += milliseconds }

    /// Begins a day: what was talked before is forgotten.
    mutating func beginDay(at now: Int64) {
        ended = 0
        beginnings = Int64(calls) * now
    }

    /// Whether nothing would be lost with it.
    func isIdle(at uptime: Int64) -> Bool { calls == 0 && ended == 0 && paidUntil <= uptime }

    private static func interval(_ rate: Int) -> Int64 { 1_000_000_000 / Int64(max(1, rate)) }
}
