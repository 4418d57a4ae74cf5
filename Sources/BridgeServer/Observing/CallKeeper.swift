// SPDX-License-Identifier: Apache-2.0

/// Keeps something of every call, and has room for it before the call is let in.
public protocol CallKeeper: Sendable {
    /// Room for one call, before its upgrade is accepted; nil when there is none, and then the call is refused for
    /// ``shortage``.
    ///
    /// What it gives is told of this one call alone, and gives the room back when it is let go: at once when nothing
    /// became of the upgrade. Called on an event loop: it never waits.
    func makeRoom(route: String) -> (any CallObserver)?
    /// The same for a call of a tenant; nil for nobody's.
    func makeRoom(route: String, tenant: String?) -> (any CallObserver)?
    /// The same, with why there is none.
    func room(route: String, tenant: String?) throws(NoRoom) -> any CallObserver
    /// Why calls are refused while it has no room. Default: ``NoRoom/records``.
    var shortage: NoRoom { get }
    /// How long calls lasted since a time, by route and tenant; asked once when a server is made, for the minutes of the day.
    ///
    /// - Parameter unixSeconds: the time, in seconds since 1970; of a call that began before, what lies after it counts.
    /// - Returns: one length for each route and tenant that had a call.
    /// - Throws: an error that tells why it is not known.
    func talked(since unixSeconds: Int) throws -> [TalkedTime]
}

extension CallKeeper {
    /// Room for one call, whoever its tenant is.
    public func makeRoom(route: String, tenant: String?) -> (any CallObserver)? { makeRoom(route: route) }
    /// Room for one call.
    ///
    /// - Throws: ``shortage`` when there is none.
    public func room(route: String, tenant: String?) throws(NoRoom) -> any CallObserver {
        guard let room = makeRoom(route: route, tenant: tenant) else { throw shortage }
        return room
    }
    /// Records.
    public var shortage: NoRoom { .records }
    /// Nothing.
    public func talked(since unixSeconds: Int) throws -> [TalkedTime] { [] }
}
