// SPDX-License-Identifier: Apache-2.0

/// Decides whose turn it is, from when the caller speaks and how much audio goes by.
///
/// Time is the caller's audio, so that the same audio always leads to the same turns.
struct TurnTaker: Sendable {
    /// What changed.
    enum Change: Sendable, Equatable {
        /// The caller began a turn.
        case began
        /// The caller fell silent, and may be done.
        case paused
        /// The caller was not done.
        case resumed
        /// The caller is done, or has said as much as one turn may hold and is in the next.
        case ended
        /// Nobody has said anything for a while, for this many times on end.
        case silent(times: Int)
    }

    /// When a turn ends, and when silence is too long; in samples.
    struct Limits: Sendable {
        /// Silence after the end of speech that ends a turn.
        var endOfTurn: Int
        /// The longest turn.
        var turn: Int
        /// Silence of both sides that is worth a word; nil for never.
        var silence: Int?
    }

    private enum State: Sendable {
        case listening(silence: Int)
        case speaking(Int)
        case pausing(silence: Int, speech: Int)
    }

    private let limits: Limits
    private var state = State.listening(silence: 0)
    private var silences = 0

    init(limits: Limits) { self.limits = limits }

    /// Whether the caller is in the midst of a turn.
    var isTurnOpen: Bool {
        if case .listening = state { false } else { true }
    }

    /// The detector heard the caller begin to speak.
    mutating func speechStarted() -> Change? {
        silences = 0
        switch state {
        case .listening:
            state = .speaking(0)
            return .began
        case .pausing(let silence, let speech):
            state = .speaking(speech + silence)
            return .resumed
        case .speaking: return nil
        }
    }

    /// The detector heard the caller fall silent.
    mutating func speechEnded() -> Change? {
        guard case .speaking(let speech) = state else { return nil }
        state = .pausing(silence: 0, speech: speech)
        return .paused
    }

    /// The caller did something else than speak: silence counts from here.
    mutating func noteActivity() {
        silences = 0
        if case .listening = state { state = .listening(silence: 0) }
    }

    /// So many samples of the caller's audio went by; while the bot is busy silence does not count.
    mutating func pass(_ samples: Int, isBotBusy: Bool) -> Change? {
        switch state {
        case .listening(let silence):
            let total = isBotBusy ? 0 : silence + samples
            guard let limit = limits.silence, total >= limit else {
                state = .listening(silence: total)
                return nil
            }
            state = .listening(silence: 0)
            silences += 1
            return .silent(times: silences)
        case .speaking(let speech):
            state = .speaking(speech + samples)
            guard speech + samples >= limits.turn else { return nil }
            state = .speaking(0)
            return .ended
        case .pausing(let silence, let speech):
            state = .pausing(silence: silence + samples, speech: speech)
            guard silence + samples >= limits.endOfTurn else { return nil }
        }
        state = .listening(silence: 0)
        return .ended
    }
}
