// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Who is in: connections by source, calls by server, route, tenant and source, and whether new ones are let in.
///
/// One object for the life of a server; its limits can be changed while calls are up. It is asked once for each connection
/// and once for each upgrade, under one lock.
final class Admission: Sendable {
    private struct State: Sendable {
        var connections: [String: Int] = [:]
        var book: AdmissionBook
    }

    private let state: Mutex<State>

    init(_ limits: AdmissionLimits) { state = Mutex(State(book: AdmissionBook(limits))) }

    /// Counts a connection from a source; false when it has as many as it may.
    func connect(_ source: String) -> Bool {
        state.withLock { state in
            let count = state.connections[source, default: 0]
            guard count < state.book.limits.connectionsPerSource else { return false }
            state.connections[source] = count + 1
            return true
        }
    }

    /// Takes a connection from the count.
    func disconnect(_ source: String) {
        state.withLock { state in
            guard let count = state.connections[source] else { return }
            state.connections[source] = count > 1 ? count - 1 : nil
        }
    }

    /// Lets a call in.
    ///
    /// - Parameters:
    ///   - route: the path it is on.
    ///   - tenant: whose it is; nil for nobody's.
    ///   - source: the caller's address.
    ///   - time: now.
    /// - Returns: what is handed back when it leaves.
    /// - Throws: why it is not let in; then it is counted nowhere.
    func enter(
        route: String,
        tenant: String?,
        source: String,
        at time: AdmissionTime
    ) throws(AdmissionRefusal) -> AdmissionBook.Entry {
        try state.withLock { state throws(AdmissionRefusal) in
            try state.book.enter(route: route, tenant: tenant, source: source, at: time)
        }
    }

    /// Takes a call from the count, once its bot has returned too.
    func leave(_ entry: AdmissionBook.Entry, at time: AdmissionTime) {
        state.withLock { $0.book.leave(entry, at: time) }
    }

    /// Holds everybody to other limits from now on; calls that are up stay.
    func change(_ limits: AdmissionLimits, at time: AdmissionTime) {
        state.withLock { $0.book.change(limits, at: time) }
    }

    /// Counts what was talked today before this process began.
    func restore(_ scope: AdmissionScope, milliseconds: Int64, at time: AdmissionTime) {
        state.withLock { $0.book.restore(scope, milliseconds: milliseconds, at: time) }
    }

    /// What a tenant may have of each loop and of the processors, in percent.
    func cpuPercent(of tenant: String) -> Int { state.withLock { $0.book.limits.cpuPercents[tenant] ?? 100 } }

    /// What each tenant has, by name.
    func tenants(at time: AdmissionTime) -> [TenantFigures] {
        state.withLock { state in
            state.book.limits.tenants.keys.sorted().map { name in
                let (calls, talked) = state.book.figures(of: .tenant(name), at: time)
                return TenantFigures(name: name, calls: calls, secondsToday: Int(talked / 1_000))
            }
        }
    }

    /// Lets nobody in any more.
    func drain() { state.withLock { $0.book.drain() } }

    /// Calls at present, those with an overdue bot included.
    var calls: Int { state.withLock { $0.book.calls } }

    /// Connections at present.
    var connections: Int { state.withLock { $0.connections.values.reduce(0, +) } }

    /// Whether a call would be let in, as far as the server's own limit goes.
    var isOpen: Bool { state.withLock { $0.book.isOpen } }

    /// Whether nobody is let in any more.
    var isDraining: Bool { state.withLock { $0.book.isDraining } }
}
