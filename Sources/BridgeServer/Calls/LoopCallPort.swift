// SPDX-License-Identifier: Apache-2.0

import CallModel
import Synchronization
import VoiceBridge

/// Carries a bot's requests to its call's thread: many requests, one wake-up.
///
/// A bot in a tight loop is bounded: a request that only repeats the one before it is dropped, no more than 4096 wait, and
/// no more than 256 are handed out at a time, so that the calls beside it have their turn.
final class LoopCallPort: CallPort {
    /// Most requests that may wait.
    static let maximumWaiting = 4_096
    /// Most requests handed out at a time.
    static let batch = 256

    private struct State: Sendable {
        var requests: [BotRequest] = []
        var isClosed = false
        var hasOverflown = false
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
            guard !state.isClosed, state.requests.last?.isRepeated(by: request) != true else { return false }
            guard state.requests.count < Self.maximumWaiting || request.isEnd else {
                state.hasOverflown = true
                return false
            }
            state.requests.append(request)
            return state.requests.count == 1
        }
        if isFirst { loop.execute(wake) }
    }

    var now: CallInstant { loop.now }

    /// Whether requests were dropped because too many waited.
    var hasOverflown: Bool { state.withLock(\.hasOverflown) }

    /// The requests that wait, in order, a batch at a time; the call is woken again for the rest.
    func take() -> [BotRequest] {
        let (taken, isMore) = state.withLock { state in
            guard state.requests.count > Self.batch else {
                defer { state.requests = [] }
                return (state.requests, false)
            }
            let taken = Array(state.requests.prefix(Self.batch))
            state.requests.removeFirst(Self.batch)
            return (taken, true)
        }
        if isMore { loop.execute(wake) }
        return taken
    }

    /// Drops what waits and whatever comes.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.requests = []
        }
    }
}

extension BotRequest {
    /// Whether it is the bot's last.
    var isEnd: Bool {
        switch self {
        case .returned, .failed: true
        default: false
        }
    }

    /// Whether `next` asks for nothing that this does not.
    fileprivate func isRepeated(by next: BotRequest) -> Bool {
        switch (self, next) {
        case (.flush, .flush), (.discardDigits, .discardDigits), (.discardAudio, .discardAudio), (.listen, .listen),
            (.resume, .resume), (.dropInterrupted, .dropInterrupted):
            true
        case (.report(let stage), .report(let again)): stage == again
        default: false
        }
    }
}
