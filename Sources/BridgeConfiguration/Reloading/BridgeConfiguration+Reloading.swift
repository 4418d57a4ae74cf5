// SPDX-License-Identifier: Apache-2.0
package import ConfigurationReading

extension BridgeConfiguration {
    /// Takes over from the configuration that a server runs by what cannot change while it runs.
    ///
    /// - Parameter running: the configuration that the server runs by.
    /// - Returns: the keys whose new values wait for a restart, in the order of the file.
    /// - Throws: what must not be served with those that stay: a route that is open because the new address is loopback would
    ///   be open to everybody on the old one.
    package mutating func keepFixed(of running: BridgeConfiguration) throws(ConfigurationError) -> [String] {
        var kept: [String] = []
        keep("listen.host", \.listen.host, of: running, &kept)
        keep("listen.port", \.listen.port, of: running, &kept)
        if (listen.security == .plain) != (running.listen.security == .plain) {
            listen.security = running.listen.security
            kept.append("listen.\(running.listen.security == .plain ? "tls" : "plain")")
        }
        keep("admin.host", \.admin.host, of: running, &kept)
        keep("admin.port", \.admin.port, of: running, &kept)
        keep("admin.token", \.admin.token, of: running, &kept)
        keep("admin.metrics", \.admin.metrics, of: running, &kept)
        keep("admin.prompts", \.admin.prompts, of: running, &kept)
        keep("admin.voice", \.admin.voice, of: running, &kept)
        keep("observability", \.observability, of: running, &kept)
        keep("limits.event_loops", \.limits.eventLoops, of: running, &kept)
        keep("logging", \.logging, of: running, &kept)
        keep("records", \.records, of: running, &kept)
        keep("recording", \.recording, of: running, &kept)
        keep("webhooks", \.webhooks, of: running, &kept)
        let faults = kept.contains("listen.host") ? faultsOnKeptHost : []
        guard faults.isEmpty else { throw ConfigurationError(file: "", faults: faults) }
        return kept
    }

    private mutating func keep<Value: Equatable>(
        _ key: String,
        _ path: WritableKeyPath<BridgeConfiguration, Value>,
        of running: BridgeConfiguration,
        _ kept: inout [String]
    ) {
        guard self[keyPath: path] != running[keyPath: path] else { return }
        self[keyPath: path] = running[keyPath: path]
        kept.append(key)
    }

    /// What was checked against another address than the one that stays.
    private var faultsOnKeptHost: [ConfigurationFault] {
        guard !listen.host.isLoopback else { return [] }
        let demands =
            routes.enumerated().flatMap { index, route in
                ([route.authentication] + route.tenants.map(\.authentication)).map { ("routes[\(index)]", $0) }
            }
            + receivers.enumerated().map { ("receivers[\($0)]", $1.authentication) }
        let advice = "the server listens there until it is restarted; give a credential, or restart"
        var faults = demands.filter { $1.isOpen && !$1.allowsOpenRemote }.map { place, _ in
            ConfigurationFault.whole("\(place).authentication.none: would let anybody in on \(listen.host): \(advice)")
        }
        if listen.security == .selfSigned {
            let message = "listen.tls: would be a self-signed certificate on \(listen.host): \(advice)"
            faults.append(.whole(message))
        }
        return faults
    }
}
