// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import NIOCore
import TransportSecurity

/// What new calls are served by: made whole of a checked configuration, and replaced as a whole when that is read anew.
///
/// A call keeps what it began with.
final class ServedConfiguration: Sendable {
    let parts: ServerParts
    let routes: [String: ServedRoute]
    let receivers: [String: ServedReceiver]
    /// The certificate of the public port; nil when it is plain.
    let tls: ReloadableTLSContext?
    /// From the connection to the accepted upgrade.
    let handshakeTimeout: TimeAmount
    /// What a refused platform is told to wait.
    let retryAfterSeconds: Int

    /// From where on an event loop takes no more calls.
    var loopLimits: LoopLimits {
        let limits = parts.configuration.limits
        return LoopLimits(lag: limits.lag, busy: limits.busy.map { Double($0) / 100 })
    }

    /// Makes bots, receivers and the certificate, and reads what the configuration names.
    ///
    /// - Parameters:
    ///   - parts: the configuration and its catalogues.
    ///   - before: what was served until now. A receiver whose entry is the same is kept with all that it knows.
    /// - Throws: ``BridgeServerError`` with every fault that was found.
    init(_ parts: ServerParts, before: ServedConfiguration? = nil) throws {
        let configuration = parts.configuration
        var faults: [String] = []
        /// The value, or nil when it cannot be made; why not is kept.
        func attempt<Value>(_ make: () throws -> Value) -> Value? {
            do {
                return try make()
            } catch {
                faults.append("\(error)")
                return nil
            }
        }
        if parts.recorder == nil, configuration.routes.contains(where: \.recording.isRecorded) {
            faults.append("recording: nothing records audio here; leave the folder off, or restart when it is new")
        }
        var routes: [String: ServedRoute] = [:]
        tls = attempt { try BridgeServer.makeTLS(configuration.listen, before: before) } ?? nil
        for (index, route) in configuration.routes.enumerated() {
            let served = attempt { try ServedRoute(route, index: index, parts) }
            if routes[route.path] == nil { routes[route.path] = served }
        }
        var receivers: [String: ServedReceiver] = [:]
        for (index, route) in configuration.routes.enumerated() {
            guard let path = route.configAPIPath else { continue }
            let listen = configuration.listen
            receivers[path] = attempt { try BridgeServer.makeConfigAPI(route, index: index, listen) } ?? nil
        }
        for (index, receiver) in configuration.receivers.enumerated() {
            let isKept = before?.parts.configuration.receivers.contains(receiver) == true
            let kept = isKept ? before?.receivers[receiver.path]?.receiver : nil
            receivers[receiver.path] = attempt {
                try BridgeServer.makeReceiver(receiver, index: index, parts, keeping: kept)
            }
        }
        guard faults.isEmpty else { throw BridgeServerError(faults.joined(separator: "\n")) }
        self.parts = parts
        self.routes = routes
        self.receivers = receivers
        handshakeTimeout = TimeAmount(configuration.limits.handshakeTimeout)
        retryAfterSeconds = max(1, Int(configuration.limits.retryAfter.components.seconds))
    }

    /// The route of a path, of a path with a token behind it, or, where the platform signs its URL, of a path with a
    /// slash at the end.
    func route(of path: String) -> ServedRoute? {
        if let route = routes[path] { return route }
        guard let slash = path.lastIndex(of: "/") else { return nil }
        let route = routes[slash == path.startIndex ? "/" : String(path[..<slash])]
        return route.flatMap { route in
            let isMeant = route.doors.contains { door in
                door.authenticator.takesPathToken || (path.last == "/" && door.authenticator.signsURL)
            }
            return isMeant ? route : nil
        }
    }
}
