// SPDX-License-Identifier: Apache-2.0

import CallModel
import Synchronization

// Events, read by the bot.
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
}
