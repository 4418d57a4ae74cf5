// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// What each tenant uses of the machine: made with a tenant's first call, and kept until the process ends.
final class TenantLoads: Sendable {
    private struct State: Sendable {
        var loads: [String: TenantLoad] = [:]
        var shares: [Place: NIOLoopBound<LoopShare>] = [:]
    }

    private struct Place: Hashable {
        var tenant: String
        var loop: ObjectIdentifier
    }

    private let state = Mutex(State())

    /// A tenant's share of the loop it is asked on, held to so many percent from now on.
    func share(of tenant: String, cpuPercent: Int, on loop: any EventLoop) -> (load: TenantLoad, share: LoopShare) {
        loop.assertInEventLoop()
        let place = Place(tenant: tenant, loop: ObjectIdentifier(loop))
        let (load, known) = state.withLock { state -> (TenantLoad, NIOLoopBound<LoopShare>?) in
            if let load = state.loads[tenant] { return (load, state.shares[place]) }
            let load = TenantLoad(name: tenant, cpuPercent: cpuPercent)
            load.bots.start()
            state.loads[tenant] = load
            return (load, nil)
        }
        load.cpuPercent = cpuPercent
        if let known { return (load, known.value) }
        // Only this loop makes shares of itself.
        let share = LoopShare(load, loop: loop)
        let bound = NIOLoopBound(share, eventLoop: loop)
        state.withLock { $0.shares[place] = bound }
        return (load, share)
    }

    /// What a tenant used; nil before its first call.
    func load(of tenant: String) -> TenantLoad? { state.withLock { $0.loads[tenant] } }

    /// Ends the bots' threads; false when a bot does not return in time.
    func shutDownBots(within limit: Duration) async -> Bool {
        let loads = state.withLock { Array($0.loads.values) }
        return await withTaskGroup(of: Bool.self) { group in
            for load in loads { group.addTask { await load.bots.shutDown(within: limit) } }
            return await group.reduce(true) { $0 && $1 }
        }
    }
}
