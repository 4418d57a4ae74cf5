// SPDX-License-Identifier: Apache-2.0

package import CallModel
import Synchronization

// Written by the call.
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
}
