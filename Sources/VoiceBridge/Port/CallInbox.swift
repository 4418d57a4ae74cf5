// SPDX-License-Identifier: Apache-2.0

package import CallModel
import Synchronization

/// The way from a call to its bot: audio in a bounded ring, control events in a bounded queue, replies by request.
///
/// The call's event loop writes, one bot task reads; both only hold the lock for a few moves.
package final class CallInbox: Sendable {
    /// Most control events that may wait.
    package static let maximumEvents = 256

    private struct Entry {
        var event: Call.Event
        /// Audio before this position comes before the event.
        var position: Int64
    }

    private struct State {
        var audio: SampleRing
        var events: [Entry] = []
        var eventsHead = 0
        var isListening = false
        var hasEnded = false
        var ending: EndReason?
        var reader: CheckedContinuation<Call.Event?, Never>?
        var readerNumber: UInt64 = 0
        /// Requests that were made and whose answer nobody has taken yet.
        var requests: Set<RequestID> = []
        var replies: [RequestID: CheckedContinuation<BotReply?, Never>] = [:]
        var early: [RequestID: BotReply] = [:]
        var endWaiters: [UInt64: CheckedContinuation<EndReason?, Never>] = [:]
        var credit: Int64
        var creditWaiters: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        var nextNumber: UInt64 = 1
        var reading: LedgerReading?
    }

    private let format: AudioFormat
    private let state: Mutex<State>

    /// An inbox for one call.
    ///
    /// - Parameters:
    ///   - format: the bot's audio format.
    ///   - audioLimit: most audio that may wait; the oldest beyond is dropped.
    ///   - speechLimit: most audio of streamed speech that may be queued for playback before `say` waits.
    package init(format: AudioFormat, audioLimit: Duration, speechLimit: Duration) {
        self.format = format
        let state = State(
            audio: SampleRing(limit: format.sampleCount(for: audioLimit)),
            credit: speechLimit.wholeNanoseconds
        )
        self.state = Mutex(state)
    }

    /// Audio samples that were dropped because the bot did not take them in time.
    package var droppedSamples: Int64 { state.withLock { $0.audio.dropped } }
}

// MARK: - Written by the call

extension CallInbox {
    /// What became of a control event.
    package enum Delivery: Sendable, Equatable {
        /// It was queued or handed over.
        case delivered
        /// The queue is full: the bot is too slow for its call.
        case overflow
    }

    /// Appends caller audio at the bot's rate.
    ///
    /// `position` is the first sample's index since the start of the call.
    package func deliver(audio samples: Span<Int16>, at position: Int64) {
        let wake = state.withLock { state -> (CheckedContinuation<Call.Event?, Never>, Call.Event)? in
            guard state.isListening, !state.hasEnded else { return nil }
            if state.audio.count == 0, state.audio.position != position {
                state.audio = SampleRing(limit: state.audio.limit, position: position, dropped: state.audio.dropped)
            }
            state.audio.append(samples)
            guard let reader = state.reader, let event = Self.takeNext(&state, format: format) else { return nil }
            state.reader = nil
            return (reader, event)
        }
        if let (reader, event) = wake { reader.resume(returning: event) }
    }

    /// Queues a control event behind the audio up to `position`.
    package func deliver(_ event: Call.Event, at position: Int64) -> Delivery {
        let (wake, delivery) = state.withLock {
            state -> ((CheckedContinuation<Call.Event?, Never>, Call.Event)?, Delivery) in
            guard !state.hasEnded else { return (nil, .delivered) }
            if state.events.count - state.eventsHead >= Self.maximumEvents {
                guard !state.isListening else { return (nil, .overflow) }
                state.eventsHead += 1
            }
            Self.append(Entry(event: event, position: position), to: &state)
            guard let reader = state.reader, let event = Self.takeNext(&state, format: format) else {
                return (nil, .delivered)
            }
            state.reader = nil
            return ((reader, event), .delivered)
        }
        if let (reader, event) = wake { reader.resume(returning: event) }
        return delivery
    }

    /// Answers a request.
    package func reply(_ reply: BotReply, to id: RequestID) {
        let waiter = state.withLock { state -> CheckedContinuation<BotReply?, Never>? in
            if let waiter = state.replies.removeValue(forKey: id) { return waiter }
            // The answer to a request that was taken back is of no use to anybody.
            if state.ending == nil, state.requests.contains(id) { state.early[id] = reply }
            return nil
        }
        waiter?.resume(returning: reply)
    }

    /// Gives back room in the playback queue, in nanoseconds of audio.
    package func returnCredit(_ nanoseconds: Int64) {
        let woken = state.withLock { state -> [CheckedContinuation<Bool, Never>] in
            state.credit += nanoseconds
            guard state.credit > 0, !state.creditWaiters.isEmpty else { return [] }
            let woken = state.creditWaiters.map(\.continuation)
            state.creditWaiters.removeAll()
            return woken
        }
        for waiter in woken { waiter.resume(returning: true) }
    }

    /// Publishes the ledger's state.
    package func publish(_ reading: LedgerReading) {
        state.withLock { $0.reading = reading }
    }

    /// Ends the call for the bot: the last event, and an error to everything that is awaited.
    package func end(_ reason: EndReason, at position: Int64) {
        struct Woken {
            var reader: (CheckedContinuation<Call.Event?, Never>, Call.Event)?
            var replies: [CheckedContinuation<BotReply?, Never>] = []
            var ends: [CheckedContinuation<EndReason?, Never>] = []
            var credits: [CheckedContinuation<Bool, Never>] = []
        }
        let woken = state.withLock { state -> Woken in
            guard state.ending == nil else { return Woken() }
            state.ending = reason
            Self.append(Entry(event: .ended(reason), position: position), to: &state)
            var woken = Woken()
            woken.replies = Array(state.replies.values)
            woken.ends = Array(state.endWaiters.values)
            woken.credits = state.creditWaiters.map(\.continuation)
            state.replies.removeAll()
            state.early.removeAll()
            state.endWaiters.removeAll()
            state.creditWaiters.removeAll()
            if let reader = state.reader, let event = Self.takeNext(&state, format: format) {
                state.reader = nil
                woken.reader = (reader, event)
            }
            return woken
        }
        if let (reader, event) = woken.reader { reader.resume(returning: event) }
        for waiter in woken.replies { waiter.resume(returning: .failed(.ended(reason))) }
        for waiter in woken.ends { waiter.resume(returning: reason) }
        for waiter in woken.credits { waiter.resume(returning: false) }
    }

    private static func append(_ entry: Entry, to state: inout State) {
        if state.eventsHead > 64, state.eventsHead * 2 > state.events.count {
            state.events.removeFirst(state.eventsHead)
            state.eventsHead = 0
        }
        state.events.append(entry)
    }

    /// The next event in order: audio before the first control event's position, then that event, then more audio.
    private static func takeNext(_ state: inout State, format: AudioFormat) -> Call.Event? {
        guard !state.hasEnded else { return nil }
        let next = state.eventsHead < state.events.count ? state.events[state.eventsHead] : nil
        if state.audio.count > 0 {
            let before = next.map { Int(clamping: $0.position - state.audio.position) } ?? state.audio.count
            let wanted = min(state.audio.count, max(0, before), format.sampleCount(for: .milliseconds(200)))
            if wanted > 0 {
                let position = state.audio.position
                return .audio(AudioChunk(linear: state.audio.take(wanted), format: format, position: position))
            }
        }
        guard let next else { return nil }
        state.eventsHead += 1
        if state.eventsHead == state.events.count {
            state.events.removeAll(keepingCapacity: true)
            state.eventsHead = 0
        }
        if case .ended = next.event {
            state.hasEnded = true
            state.audio.removeAll()
        }
        return next.event
    }
}

// MARK: - Read by the bot

extension CallInbox {
    /// Marks the inbox as read from; true the first time.
    package func beginListening() -> Bool {
        state.withLock { state in
            defer { state.isListening = true }
            return !state.isListening
        }
    }

    /// Waits for the next event; nil at the end, when cancelled, or when another task waits already.
    package func nextEvent() async -> Call.Event? {
        let number = makeNumber()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Call.Event?, Never>) in
                enum Step { case wait, give(Call.Event?) }
                let step = state.withLock { state -> Step in
                    // One that waits comes first; nothing lies ready then.
                    guard state.reader == nil else { return .give(nil) }
                    if let event = Self.takeNext(&state, format: format) { return .give(event) }
                    guard !state.hasEnded, !Task.isCancelled else { return .give(nil) }
                    state.reader = continuation
                    state.readerNumber = number
                    return .wait
                }
                if case .give(let event) = step { continuation.resume(returning: event) }
            }
        } onCancel: {
            let reader = state.withLock { state -> CheckedContinuation<Call.Event?, Never>? in
                guard state.readerNumber == number else { return nil }
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(returning: nil)
        }
    }

    /// Throws away the events that wait, audio among them, but not the call's end.
    package func discardEvents() {
        state.withLock { state in
            state.audio.removeAll()
            let waiting = state.events[state.eventsHead...]
            state.events = waiting.filter { if case .ended = $0.event { true } else { false } }
            state.eventsHead = 0
        }
    }

    /// A number for a new request or playback.
    package func makeNumber() -> UInt64 {
        state.withLock { state in
            defer { state.nextNumber += 1 }
            return state.nextNumber
        }
    }

    /// A number for a request whose answer will be awaited by ``awaitReply(to:onCancel:)``.
    package func makeRequest() -> RequestID {
        let id = RequestID(makeNumber())
        state.withLock { _ = $0.requests.insert(id) }
        return id
    }

    /// Waits for the answer to a request that ``makeRequest()`` numbered.
    ///
    /// When the task is cancelled before there is one, `onCancel` is called and the wait ends with `CancellationError`; when
    /// the call is over, it ends with ``CallError``.
    package func awaitReply(to id: RequestID, onCancel: @Sendable () -> Void) async throws -> BotReply {
        let reply = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<BotReply?, Never>) in
                enum Step { case wait, give(BotReply?) }
                let step = state.withLock { state -> Step in
                    if let reply = state.early.removeValue(forKey: id) { return .give(reply) }
                    if let ending = state.ending { return .give(.failed(.ended(ending))) }
                    if Task.isCancelled { return .give(nil) }
                    state.replies[id] = continuation
                    return .wait
                }
                if case .give(let reply) = step { continuation.resume(returning: reply) }
            }
        } onCancel: {
            onCancel()
            let waiter = state.withLock { $0.replies.removeValue(forKey: id) }
            waiter?.resume(returning: nil)
        }
        state.withLock { _ = $0.requests.remove(id) }
        guard let reply else { throw CancellationError() }
        if case .failed(let error) = reply { throw error }
        return reply
    }

    /// Takes room in the playback queue, waiting until there is some; false when the call ended.
    package func takeCredit(_ nanoseconds: Int64) async throws {
        let id = makeNumber()
        while true {
            let isOpen = await withTaskCancellationHandler {
                await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                    enum Step { case wait, go(Bool) }
                    let step = state.withLock { state -> Step in
                        guard state.ending == nil, !Task.isCancelled else { return .go(false) }
                        guard state.credit <= 0 else { return .go(true) }
                        state.creditWaiters.append((id, continuation))
                        return .wait
                    }
                    if case .go(let isOpen) = step { continuation.resume(returning: isOpen) }
                }
            } onCancel: {
                let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                    guard let index = state.creditWaiters.firstIndex(where: { $0.id == id }) else { return nil }
                    return state.creditWaiters.remove(at: index).continuation
                }
                waiter?.resume(returning: false)
            }
            if let reason { throw CallError.ended(reason) }
            guard isOpen else { throw CancellationError() }
            let isTaken = state.withLock { state in
                guard state.credit > 0 else { return false }
                state.credit -= nanoseconds
                return true
            }
            if isTaken { return }
        }
    }

    /// Waits until the call is over; nil when the task is cancelled first.
    package func awaitEnd() async -> EndReason? {
        let id = makeNumber()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<EndReason?, Never>) in
                enum Step { case wait, go(EndReason?) }
                let step = state.withLock { state -> Step in
                    if let ending = state.ending { return .go(ending) }
                    if Task.isCancelled { return .go(nil) }
                    state.endWaiters[id] = continuation
                    return .wait
                }
                if case .go(let reason) = step { continuation.resume(returning: reason) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.endWaiters.removeValue(forKey: id) }
            waiter?.resume(returning: nil)
        }
    }

    /// Why the call ended, once it has.
    package var reason: EndReason? { state.withLock { $0.ending } }

    /// The ledger's state as last published.
    package var reading: LedgerReading? { state.withLock { $0.reading } }

    /// What is waited for: for tests.
    struct Waiting: Equatable {
        var reader = false
        var requests = 0
        var replies = 0
        var early = 0
        var credits = 0
        var ends = 0
    }

    /// What is waited for at this moment: for tests.
    var waiting: Waiting {
        state.withLock { state in
            Waiting(
                reader: state.reader != nil,
                requests: state.requests.count,
                replies: state.replies.count,
                early: state.early.count,
                credits: state.creditWaiters.count,
                ends: state.endWaiters.count
            )
        }
    }
}
