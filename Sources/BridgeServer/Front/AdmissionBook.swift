// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration

/// The accounts of all scopes: a call is entered in each it belongs to, or in none.
///
/// No clock and no lock of its own. Sources are forgotten when nothing is left to remember of them, and where
/// there are too many also those without a call.
struct AdmissionBook: Sendable {
    /// A call that was let in, to be handed back when it leaves.
    struct Entry: Sendable {
        /// Where it is counted.
        fileprivate let scopes: [AdmissionScope]
        /// Milliseconds of uptime.
        fileprivate let began: Int64
    }

    /// What everybody is held to.
    private(set) var limits: AdmissionLimits
    /// Whether nobody is let in any more.
    private(set) var isDraining = false
    private var accounts: [AdmissionScope: AdmissionAccount] = [:]
    /// The day under way, counted from 1970, and when it began in milliseconds of uptime.
    private var day: Int?
    private var dayBegan: Int64 = .min
    private var lastSeen: Int64 = .min
    /// Sources that may be remembered before those without calls are forgotten.
    private let maximumSources: Int
    private var sweepAt: Int

    /// A book in which nobody is.
    ///
    /// - Parameters:
    ///   - limits: what everybody is held to.
    ///   - maximumSources: sources that are remembered before those without a call are forgotten.
    init(_ limits: AdmissionLimits, maximumSources: Int = 65_536) {
        self.limits = limits
        self.maximumSources = maximumSources
        sweepAt = maximumSources
    }

    /// Calls that are up.
    var calls: Int { accounts[.server]?.calls ?? 0 }

    /// Whether the server as a whole would take another call.
    var isOpen: Bool { !isDraining && calls < limits.server.calls ?? .max }

    /// Scopes that are remembered.
    var accountCount: Int { accounts.count }

    /// Lets nobody in any more.
    mutating func drain() { isDraining = true }

    /// Lets a call in.
    ///
    /// - Throws: why it is not let in; then it is counted nowhere.
    mutating func enter(
        route: String,
        tenant: String?,
        source: String,
        at time: AdmissionTime
    ) throws(AdmissionRefusal) -> Entry {
        roll(to: time)
        guard !isDraining else { throw AdmissionRefusal(cause: .draining, scope: .server) }
        let scopes = limits.scopes(route: route, tenant: tenant, source: source)
        for scope in scopes {
            if let refusal = refusal(scope, at: time) { throw refusal }
        }
        let now = time.uptime / 1_000_000
        for scope in scopes {
            accounts[scope, default: AdmissionAccount()]
                .enter(limits.bounds(of: scope).quota, uptime: time.uptime, milliseconds: now)
        }
        if accounts.count > sweepAt { sweep(at: time.uptime) }
        return Entry(scopes: scopes, began: now)
    }

    /// Takes a call out.
    mutating func leave(_ entry: Entry, at time: AdmissionTime) {
        roll(to: time)
        let now = time.uptime / 1_000_000
        for scope in entry.scopes { accounts[scope]?.leave(began: max(entry.began, dayBegan), milliseconds: now) }
    }

    /// Holds everybody to other limits from now on; calls that are up stay, also where there are more than may be.
    mutating func change(_ limits: AdmissionLimits, at time: AdmissionTime) {
        roll(to: time)
        if limits.dayBegins != self.limits.dayBegins { day = nil }
        self.limits = limits
        roll(to: time)
        sweep(at: time.uptime)
    }

    /// Counts what was talked in a scope today, before this process began.
    mutating func restore(_ scope: AdmissionScope, milliseconds: Int64, at time: AdmissionTime) {
        roll(to: time)
        accounts[scope, default: AdmissionAccount()].restore(milliseconds: milliseconds)
    }

    /// Calls of a scope that are up, and milliseconds that it talked today.
    mutating func figures(of scope: AdmissionScope, at time: AdmissionTime) -> (calls: Int, talked: Int64) {
        roll(to: time)
        guard let account = accounts[scope] else { return (0, 0) }
        return (account.calls, account.talked(at: time.uptime / 1_000_000))
    }
}

extension AdmissionBook {
    private func refusal(_ scope: AdmissionScope, at time: AdmissionTime) -> AdmissionRefusal? {
        let bounds = limits.bounds(of: scope)
        let account = accounts[scope] ?? AdmissionAccount()
        if let most = bounds.calls, account.calls >= most { return AdmissionRefusal(cause: .calls, scope: scope) }
        if let most = bounds.quota.minutesPerDay, account.talked(at: time.uptime / 1_000_000) >= Int64(most) * 60_000 {
            let left = Self.daySeconds - Self.secondsIntoDay(time, limits.dayBegins)
            return AdmissionRefusal(cause: .minutes, scope: scope, retryAfter: left)
        }
        let wait = account.wait(bounds.quota, at: time.uptime)
        guard wait > 0 else { return nil }
        return AdmissionRefusal(cause: .rate, scope: scope, retryAfter: Int((wait + 999_999_999) / 1_000_000_000))
    }

    private static let daySeconds = 86_400

    private static func secondsIntoDay(_ time: AdmissionTime, _ begins: DayStart) -> Int {
        let seconds = (time.unixSeconds - begins.minutes * 60) % daySeconds
        return seconds < 0 ? seconds + daySeconds : seconds
    }

    /// The second since 1970 at which the day of a time began.
    static func beginning(ofDayAt time: AdmissionTime, _ begins: DayStart) -> Int {
        time.unixSeconds - secondsIntoDay(time, begins)
    }

    /// Begins a new day when the clock says so.
    ///
    /// A clock that is set back by less than a day does not bring yesterday back; one that was wrong by more is believed.
    private mutating func roll(to time: AdmissionTime) {
        let now = time.uptime / 1_000_000
        defer { lastSeen = max(lastSeen, now) }
        let today = Self.beginning(ofDayAt: time, limits.dayBegins)
        if let day, (day - Self.daySeconds...day).contains(today) { return }
        if day != nil {
            // All calls that are up came before they were seen last, and so before the day.
            dayBegan = max(lastSeen, now - Int64(Self.secondsIntoDay(time, limits.dayBegins)) * 1_000)
            for scope in accounts.keys { accounts[scope]?.beginDay(at: dayBegan) }
        }
        day = today
    }

    private mutating func sweep(at uptime: Int64) {
        accounts = accounts.filter { scope, account in limits.knows(scope) || !account.isIdle(at: uptime) }
        if accounts.count > maximumSources {
            accounts = accounts.filter { scope, account in limits.knows(scope) || account.calls > 0 }
        }
        sweepAt = accounts.count + maximumSources
    }
}
