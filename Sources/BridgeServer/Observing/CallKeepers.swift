// SPDX-License-Identifier: Apache-2.0

/// Several keepers as one: a call is let in when all of them have room.
public struct CallKeepers: CallKeeper {
    private let keepers: [any CallKeeper]

    /// Keepers, which are asked in this order.
    public init(_ keepers: [any CallKeeper]) { self.keepers = keepers }

    /// Room with every keeper for a call of nobody's.
    public func makeRoom(route: String) -> (any CallObserver)? { makeRoom(route: route, tenant: nil) }

    /// Room with every keeper; room that was made is given back when one has none.
    public func makeRoom(route: String, tenant: String?) -> (any CallObserver)? {
        var rooms: [any CallObserver] = []
        for keeper in keepers {
            guard let room = keeper.makeRoom(route: route, tenant: tenant) else { return nil }
            rooms.append(room)
        }
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
