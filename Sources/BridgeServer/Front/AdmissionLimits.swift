// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration

/// What an ``Admission`` holds everybody to; it may be changed while calls are up.
struct AdmissionLimits: Sendable, Equatable {
    /// All calls.
    var server = AdmissionBounds()
    /// Those of each path.
    var routes: [String: AdmissionBounds] = [:]
    /// Those of each tenant.
    var tenants: [String: AdmissionBounds] = [:]
    /// What each tenant may have of each loop and of the processors, in percent.
    var cpuPercents: [String: Int] = [:]
    /// Those of any one source.
    var source = AdmissionBounds()
    /// Open connections of one address.
    var connectionsPerSource = Int.max
    /// When a day begins.
    var dayBegins = DayStart.midnight

    /// What one scope is held to.
    func bounds(of scope: AdmissionScope) -> AdmissionBounds {
        switch scope {
        case .server: server
        case .route(let path): routes[path] ?? AdmissionBounds()
        case .tenant(let name): tenants[name] ?? AdmissionBounds()
        case .source: source
        }
    }

    /// Whose calls one call is among, the widest first; a source is counted only where it is held to something.
    func scopes(route: String, tenant: String?, source: String) -> [AdmissionScope] {
        var scopes = [AdmissionScope.server, .route(route)]
        if let tenant { scopes.append(.tenant(tenant)) }
        if !self.source.isEmpty { scopes.append(.source(AddressRange.source(of: source))) }
        return scopes
    }

    /// Whether a scope can still be asked about.
    func knows(_ scope: AdmissionScope) -> Bool {
        switch scope {
        case .server: true
        case .route(let path): routes[path] != nil
        case .tenant(let name): tenants[name] != nil
        case .source: false
        }
    }
}

extension AdmissionLimits {
    /// The limits of a checked configuration.
    init(_ configuration: BridgeConfiguration) {
        let limits = configuration.limits
        server = AdmissionBounds(calls: limits.calls, quota: limits.quota)
        routes = Dictionary(
            configuration.routes.map { ($0.path, AdmissionBounds(calls: $0.limits.calls, quota: $0.limits.quota)) }
        ) { first, _ in first }
        tenants = Dictionary(
            configuration.tenants.map { ($0.name, AdmissionBounds(calls: $0.limits.calls, quota: $0.limits.quota)) }
        ) { first, _ in first }
        cpuPercents = Dictionary(configuration.tenants.map { ($0.name, $0.limits.cpuPercent) }) { first, _ in first }
        source = AdmissionBounds(calls: limits.perSource.calls, quota: limits.perSource.quota)
        connectionsPerSource = limits.connectionsPerSource
        dayBegins = limits.dayBegins
    }
}
