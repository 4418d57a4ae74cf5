// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import Logging
import NIOCore

// Who shares the server.
extension ServerCore {
    /// What each tenant has of the server.
    var tenantFigures: [TenantFigures] {
        admission.tenants(at: admissionTime).map { figures in
            guard let load = tenantLoads.load(of: figures.name) else { return figures }
            var figures = figures
            figures.loopMilliseconds = Int(load.loopNanoseconds / 1_000_000)
            figures.botMilliseconds = Int(load.botNanoseconds / 1_000_000)
            figures.waits = load.waitCount
            return figures
        }
    }

    /// The tenant's share of the loop that is asked on, and its bots' threads; nil for nobody's calls.
    func share(of tenant: String?, on loop: any EventLoop) -> (load: TenantLoad, share: LoopShare)? {
        tenant.map { tenantLoads.share(of: $0, cpuPercent: admission.cpuPercent(of: $0), on: loop) }
    }

    /// Ends the threads of all bots; false when one does not return in time.
    func shutDownBots(within limit: Duration) async -> Bool {
        async let all = bots.shutDown(within: limit)
        let tenants = await tenantLoads.shutDownBots(within: limit)
        return await all && tenants
    }

    /// Counts what was talked today before this process began, as far as records tell.
    ///
    /// A route's calls are its tenant's where the records name none. Sources are in no record, and begin anew.
    func restoreMinutes(_ configuration: BridgeConfiguration, _ logger: Logger) {
        guard let keeper, configuration.countsMinutes else { return }
        let time = admissionTime
        let day = AdmissionBook.beginning(ofDayAt: time, configuration.limits.dayBegins)
        let tenants = Dictionary(configuration.routes.map { ($0.path, $0.tenant) }) { first, _ in first }
        var total: Int64 = 0
        do {
            for talked in try keeper.talked(since: day) {
                total += talked.milliseconds
                admission.restore(.route(talked.route), milliseconds: talked.milliseconds, at: time)
                guard let tenant = talked.tenant ?? tenants[talked.route] ?? nil else { continue }
                admission.restore(.tenant(tenant), milliseconds: talked.milliseconds, at: time)
            }
            admission.restore(.server, milliseconds: total, at: time)
        } catch {
            // Better to serve a day's minutes once more than nobody.
            logger.error("the minutes of today are not known and begin anew: \(error)")
        }
    }
}

extension BridgeConfiguration {
    /// Whether anybody is held to minutes of a day.
    fileprivate var countsMinutes: Bool {
        ([limits.quota] + routes.map(\.limits.quota) + tenants.map(\.limits.quota)).contains { $0.minutesPerDay != nil }
    }
}
