// SPDX-License-Identifier: Apache-2.0

import CallModel

// The order of what waits.
extension CallInbox {
    static func append(_ entry: Entry, to state: inout State) {
        if state.eventsHead > 64, state.eventsHead * 2 > state.events.count {
            state.events.removeFirst(state.eventsHead)
            state.eventsHead = 0
        }
        state.events.append(entry)
    }

    /// The next event in order: audio before the first control event's position, then that event, then more audio.
    static func takeNext(_ state: inout State, format: AudioFormat) -> Call.Event? {
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
