// SPDX-License-Identifier: Apache-2.0

// What probes and operators are told of the whole server.
extension ServerCore {
    /// Whether a new call would be taken: `ready`, `draining`, `full`, `late` or `busy`.
    var readiness: String {
        guard !admission.isDraining else { return "draining" }
        guard admission.isOpen else { return "full" }
        // One loop that keeps up is enough: a platform that is refused comes again.
        let loops = loopFigures
        guard loops.allSatisfy({ $0.isLate || $0.isBusy }) else { return "ready" }
        return loops.contains(where: \.isLate) ? "late" : "busy"
    }

    /// What the server carries and how its event loops keep up, as JSON in one line.
    var load: String {
        LoadText.text(
            calls: admission.calls,
            connections: admission.connections,
            refused: refusals.byReason,
            tenants: tenantFigures,
            loops: loopFigures
        )
    }
}
