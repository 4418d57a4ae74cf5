// SPDX-License-Identifier: Apache-2.0

/// A part of a loop's time, paid in advance and used up by work: a bucket of nanoseconds.
///
/// It fills by the share's part of each nanosecond that passes, up to the part of ``reserve``, and may run into as much debt
/// as ``greatestDebt``: what was spent beyond that is forgiven, so that a wait always ends.
struct ShareBudget: Sendable, Equatable {
    /// The time whose part may be saved up.
    static let reserve: Int64 = 20_000_000
    /// Most that may be owed.
    static let greatestDebt: Int64 = 50_000_000

    /// The part, in percent of the time that passes.
    var percent: Int64
    private var balance: Int64
    private var filled: Int64

    /// A full one.
    ///
    /// - Parameters:
    ///   - percent: the part, 1…100.
    ///   - now: nanoseconds of uptime.
    init(percent: Int, at now: Int64) {
        self.percent = Int64(percent)
        balance = Self.reserve * Int64(percent) / 100
        filled = now
    }

    /// Whether work may be done now.
    mutating func isOpen(at now: Int64) -> Bool {
        fill(at: now)
        return balance > 0
    }

    /// Pays for work that was done.
    mutating func spend(_ nanoseconds: Int64, at now: Int64) {
        fill(at: now)
        balance = max(balance - nanoseconds, -Self.greatestDebt)
    }

    /// Nanoseconds until work may be done again; 0 for now.
    func wait() -> Int64 { balance > 0 ? 0 : (1 - balance) * 100 / percent }

    private mutating func fill(at now: Int64) {
        guard now > filled else { return }
        let gain = (now - filled) * percent / 100
        guard gain > 0 else { return }
        balance = min(balance + gain, Self.reserve * percent / 100)
        filled = now
    }
}
