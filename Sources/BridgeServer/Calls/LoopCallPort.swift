// SPDX-License-Identifier: Apache-2.0

import CallModel
import Synchronization
import VoiceBridge

/// Carries a bot's requests to its call's thread: many requests, one wake-up.
final class LoopCallPort: CallPort {
    private struct State: Sendable {
        var requests: [BotRequest] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let loop: any CallLoop
    private let wake: @Sendable () -> Void

    /// A port to a call on `loop`; `wake` is run there when requests wait.
    init(loop: any CallLoop, wake: @escaping @Sendable () -> Void) {
        self.loop = loop
        self.wake = wake
    }

    func submit(_ request: BotRequest) {
        let isFirst = state.withLock { state in
            guard !state.isClosed else { return false }
            state.requests.append(request)
            return state.requests.count == 1
        }
        if isFirst { loop.execute(wake) }
    }

    var now: CallInstant { loop.now }

    /// The requests that wait, in order.
    func take() -> [BotRequest] {
        state.withLock { state in
            defer { state.requests = [] }
            return state.requests
        }
    }

    /// Drops what waits and whatever comes.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.requests = []
        }
    }
}
