// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VoiceBridge

// How far an answer has come, for the call's account of the turn.
extension Answer {
    /// The answer came to a stage.
    func reach(_ stage: TurnStage) {
        let isDue = state.withLock { state in
            guard !state.reached.contains(stage) else { return false }
            state.reached.append(stage)
            return state.isMeasured
        }
        if isDue { call.report(stage) }
    }

    /// The call holds the turn to be over: it is told what was reached ahead of that, and what is from here on.
    func measure() {
        let reached = state.withLock { state in
            defer { state.isMeasured = true }
            return state.isMeasured ? [] : state.reached
        }
        for stage in reached { call.report(stage) }
    }
}
