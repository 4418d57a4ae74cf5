// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import CallSession

/// Keeps what a server tells.
struct ObservedCalls: CallObserver {
    struct Ended: Sendable {
        var id: CallID
        var summary: CallSummary
        var reason: EndReason { summary.reason }
    }

    struct Log: Sendable {
        var started: [CallStart] = []
        var ended: [Ended] = []
        var notes: [CallNote] = []
        var refused: [String] = []
        var told: [(event: PlatformCallEvent, standing: PlatformCallEvent.Standing)] = []
    }

    let log = Watched(Log())

    func callStarted(_ start: CallStart, route: String, bot: String) { log.update { $0.started.append(start) } }

    func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {
        log.update { $0.ended.append(Ended(id: id, summary: summary)) }
    }

    func callNoted(_ id: CallID, route: String, _ note: CallNote) { log.update { $0.notes.append(note) } }

    func platformTold(_ event: PlatformCallEvent, _ standing: PlatformCallEvent.Standing) {
        log.update { $0.told.append((event, standing)) }
    }

    func refused(_ reason: String, route: String?, source: String, detail: String?) {
        log.update { $0.refused.append(reason) }
    }

    /// The ends of calls once there are so many.
    func ended(_ count: Int = 1) async throws -> [Ended] {
        try await log.wait("\(count) ended calls") { $0.ended.count >= count ? $0.ended : nil }
    }

    func refusal(_ count: Int = 1) async throws -> [String] {
        try await log.wait("\(count) refusals") { $0.refused.count >= count ? $0.refused : nil }
    }
}
