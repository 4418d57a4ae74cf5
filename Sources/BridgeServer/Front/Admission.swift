// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Who is in: connections by source, calls in all and by route, and whether new ones are let in.
final class Admission: Sendable {
    /// Why somebody is not let in.
    enum Refusal: String, Sendable {
        /// The server is stopping.
        case draining
        /// The server carries as many calls as it may.
        case calls = "too_many_calls"
        /// The route carries as many calls as it may.
        case routeCalls = "too_many_calls_on_route"
    }

    private struct State: Sendable {
        var connections: [String: Int] = [:]
        var calls = 0
        var callsByRoute: [Int: Int] = [:]
        var isDraining = false
    }

    private let state = Mutex(State())
    private let maximumCalls: Int
    private let maximumConnections: Int

    init(maximumCalls: Int, maximumConnectionsPerSource: Int) {
        self.maximumCalls = maximumCalls
        self.maximumConnections = maximumConnectionsPerSource
    }

    /// Counts a connection from a source; false when it has as many as it may.
    func connect(_ source: String) -> Bool {
        state.withLock { state in
            let count = state.connections[source, default: 0]
            guard count < maximumConnections else { return false }
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

    /// Counts a call on a route; nil when it was let in.
    func enter(route: Int, limit: Int) -> Refusal? {
        state.withLock { state in
            guard !state.isDraining else { return .draining }
            guard state.calls < maximumCalls else { return .calls }
            guard state.callsByRoute[route, default: 0] < limit else { return .routeCalls }
            state.calls += 1
            state.callsByRoute[route, default: 0] += 1
            return nil
        }
    }

    /// Takes a call from the count, once its bot has returned too.
    func leave(route: Int) {
        state.withLock { state in
            state.calls -= 1
            state.callsByRoute[route, default: 0] -= 1
        }
    }

    /// Lets nobody in any more.
    func drain() { state.withLock { $0.isDraining = true } }

    /// Calls at present, those with an overdue bot included.
    var calls: Int { state.withLock { $0.calls } }

    /// Connections at present.
    var connections: Int { state.withLock { $0.connections.values.reduce(0, +) } }

    /// Whether a call would be let in, as far as the server's own limit goes.
    var isOpen: Bool { state.withLock { !$0.isDraining && $0.calls < maximumCalls } }

    /// Whether nobody is let in any more.
    var isDraining: Bool { state.withLock { $0.isDraining } }
}
