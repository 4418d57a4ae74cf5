// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Where an event loop hangs out its figures with every tick, for whoever asks on another thread.
///
/// Its lock is taken ten times a second by the loop, and by those who ask; media never waits for it.
final class LoopBoard: Sendable {
    private struct State: Sendable {
        var figures: LoopFigures
        /// When the next tick is due; nil when the loop does not tick.
        var nextTick: NIODeadline?
    }

    private let state: Mutex<State>

    /// The board of a loop.
    init(loop: Int) { state = Mutex(State(figures: LoopFigures(loop: loop))) }

    /// Takes what the loop measured; allocates nothing.
    func publish(_ figures: LoopFigures, nextTick: NIODeadline?) {
        state.withLock { state in
            state.figures.copy(figures)
            state.nextTick = nextTick
        }
    }

    /// What the loop measured until its last tick, and how long it has kept the next one waiting.
    func figures(at now: NIODeadline) -> LoopFigures {
        state.withLock { state in
            var figures = state.figures
            if let next = state.nextTick { figures.overdue = Int(max(0, (now - next).nanoseconds)) }
            return figures
        }
    }
}
