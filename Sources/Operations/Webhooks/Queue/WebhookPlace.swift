// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import Synchronization
import Tracing

/// The place of one call's events, from its admission until its end is handed to the writer.
final class WebhookPlace: CallObserver {
    private struct State {
        var facts: CallFacts?
        var digits = 0
        var hasFailed = false
        var isOver = false
    }

    private let number: Int64
    private let queue: WebhookQueue
    private let contexts: RecentContexts
    /// What any endpoint is told of.
    private let wanted: Set<WebhookEventType>
    private let showsDigits: Bool
    private let clock: @Sendable () -> Int64
    private let state = Mutex(State())

    /// A place that was taken in a queue.
    init(
        number: Int64,
        queue: WebhookQueue,
        contexts: RecentContexts,
        wanted: Set<WebhookEventType>,
        showsDigits: Bool,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.number = number
        self.queue = queue
        self.contexts = contexts
        self.wanted = wanted
        self.showsDigits = showsDigits
        self.clock = clock
    }

    deinit {
        let state = state.withLock { $0 }
        guard !state.isOver else { return }
        guard let facts = state.facts else { return queue.leavePlaces(1) }
        let time = clock()
        let event = WebhookEvent(.callEnded, facts.start.callID, at: time, .interrupted(facts, at: time))
        queue.append(.ended(number: number, [event]))
    }

    func callStarted(_ start: CallStart, route: String, bot: String) {
        let time = clock()
        let facts = CallFacts(start: start, route: route, bot: bot, startedAt: time)
        let isFirst = state.withLock { state in
            guard state.facts == nil, !state.isOver else { return false }
            state.facts = facts
            return true
        }
        guard isFirst else { return }
        if let context = ServiceContext.current { contexts.remember(context, of: start.callID) }
        let event = WebhookEvent(.callStarted, start.callID, at: time, .started(facts))
        queue.append(.began(number: number, facts, event))
    }

    func callPressed(_ digit: DTMFDigit, id: CallID, route: String) {
        guard wanted.contains(.callDigit) else { return }
        let pressed = state.withLock { state -> (CallFacts, Int)? in
            guard let facts = state.facts, !state.isOver else { return nil }
            state.digits += 1
            return (facts, state.digits)
        }
        guard let (facts, count) = pressed else { return }
        let shown = showsDigits ? String(digit.character) : "*"
        queue.offer(WebhookEvent(.callDigit, id, at: clock(), .digit(facts, shown, count: count)))
    }

    func callNoted(_ id: CallID, route: String, _ note: CallNote) {
        guard case .botFailed(let error) = note, wanted.contains(.botFailed) else { return }
        let facts = state.withLock { state -> CallFacts? in
            guard !state.hasFailed, !state.isOver else { return nil }
            state.hasFailed = true
            return state.facts
        }
        guard let facts else { return }
        queue.append(.happened(WebhookEvent(.botFailed, id, at: clock(), .botFailed(facts, error))))
    }

    /// A socket on which no call began is told to nobody: who connected and said nothing is in the log.
    func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {
        let facts = state.withLock { state -> CallFacts? in
            guard !state.isOver, let facts = state.facts else { return nil }
            state.isOver = true
            return facts
        }
        guard let facts else { return }
        let time = clock()
        // The call is known by the id that it began with.
        let callID = facts.start.callID
        var events: [WebhookEvent] = []
        if let target = summary.transfer {
            let content = WebhookEvent.Content.transfer(facts, target, summary.outOfBand)
            events.append(WebhookEvent(.callTransfer, callID, at: time, content))
        }
        events.append(WebhookEvent(.callEnded, callID, at: time, .ended(facts, summary, at: time)))
        queue.append(.ended(number: number, events))
    }
}
