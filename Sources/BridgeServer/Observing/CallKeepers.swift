// SPDX-License-Identifier: Apache-2.0

/// Several keepers as one: a call is let in when all of them have room.
public struct CallKeepers: CallKeeper {
    private let keepers: [any CallKeeper]

    /// Keepers, which are asked in this order.
    public init(_ keepers: [any CallKeeper]) { self.keepers = keepers }

    /// Room with every keeper for a call of nobody's.
    public func makeRoom(route: String) -> (any CallObserver)? { makeRoom(route: route, tenant: nil) }

    /// Room with every keeper for a call; nil when one has none.
    public func makeRoom(route: String, tenant: String?) -> (any CallObserver)? {
        try? room(route: route, tenant: tenant)
    }

    /// Room with every keeper; room that was made is given back when one has none.
    ///
    /// - Throws: what the first keeper without room says.
    public func room(route: String, tenant: String?) throws(NoRoom) -> any CallObserver {
        var rooms: [any CallObserver] = []
        for keeper in keepers { rooms.append(try keeper.room(route: route, tenant: tenant)) }
        return CallObservers(observers: rooms)
    }

    /// What the first keeper that knows of calls says: the others saw the same calls.
    public func talked(since unixSeconds: Int) throws -> [TalkedTime] {
        for keeper in keepers {
            let times = try keeper.talked(since: unixSeconds)
            if !times.isEmpty { return times }
        }
        return []
    }
}
