// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import CallModel
import CallSession
import Foundation
import Logging
import Synchronization

/// The one thread that writes recordings: it looks after every call's tap four times a second.
final class RecordingWriter: Sendable {
    /// How often taps are looked after, in milliseconds.
    private static let interval = 250
    /// How long a recording of a call that is over is tried again.
    private static let patience: Duration = .seconds(60)

    private struct State {
        var arrivals: [RecordingArrival] = []
        var counters = Recordings.Counters()
        var isClosed = false
    }

    private let folder: String
    private let key: [UInt8]?
    private let logger: Logger
    private let state = Mutex(State())
    private let closing = SteadySemaphore()
    private let ended = SteadySemaphore()

    init(folder: String, key: [UInt8]?, logger: Logger) {
        self.folder = folder
        self.key = key
        self.logger = logger
    }

    var counters: Recordings.Counters { state.withLock { $0.counters } }

    /// Takes a place among so many; false when none is free, or all is over.
    func takePlace(of most: Int) -> Bool {
        state.withLock { state in
            guard !state.isClosed, state.counters.live < most else {
                state.counters.refused += 1
                return false
            }
            state.counters.live += 1
            return true
        }
    }

    /// Adds a call that has a place.
    func add(_ arrival: RecordingArrival) { state.withLock { $0.arrivals.append(arrival) } }

    /// Starts the thread.
    func start() {
        let thread = Thread { [self] in
            run()
            ended.signal()
        }
        thread.name = "recordings"
        thread.start()
    }

    /// Ends when every recording is complete, blocking; false when they are not in time.
    func close(milliseconds: Int) -> Bool {
        state.withLock { $0.isClosed = true }
        closing.signal()
        guard ended.wait(milliseconds: milliseconds) else {
            logger.error("recordings could not be completed before the end", metadata: ["folder": "\(folder)"])
            return false
        }
        ended.signal()
        return true
    }

    private func run() {
        var live: [LiveRecording] = []
        while true {
            let (arrivals, isClosed) = state.withLock { state in
                defer { state.arrivals.removeAll(keepingCapacity: true) }
                return (state.arrivals, state.isClosed)
            }
            live += arrivals.map { LiveRecording($0, folder: folder, key: key) }
            let now = CallInstant(nanoseconds: RecordTime.monotonicNanoseconds())
            live.removeAll { recording in
                let isComplete = recording.work(at: now)
                let isGivenUp =
                    recording.tap.isOver && recording.trouble.map { now - $0.since > Self.patience } ?? false
                guard isComplete || isGivenUp else { return false }
                finish(recording)
                return true
            }
            look(live)
            if isClosed, live.isEmpty { return }
            _ = closing.wait(milliseconds: isClosed ? 20 : Self.interval)
        }
    }

    private func finish(_ recording: LiveRecording) {
        let finished = recording.finish()
        state.withLock { state in
            state.counters.live -= 1
            state.counters.lostBytes += recording.tap.droppedBytes
            guard let finished else { return }
            if finished.isComplete { state.counters.completed += 1 } else { state.counters.givenUp += 1 }
        }
    }

    /// Says once that the disk takes nothing, and once that it does again.
    private func look(_ live: [LiveRecording]) {
        let error = live.lazy.compactMap(\.trouble?.error).first
        let wasInTrouble = state.withLock { state in
            defer { state.counters.isInTrouble = error != nil }
            return state.counters.isInTrouble
        }
        if let error, !wasInTrouble {
            logger.error(
                "recordings cannot be written; calls go on, and it is tried again: \(error)",
                metadata: ["folder": "\(folder)"]
            )
        } else if error == nil, wasInTrouble {
            let lost = live.reduce(counters.lostBytes) { $0 + $1.tap.droppedBytes }
            logger.notice(
                "recordings are written again",
                metadata: ["folder": "\(folder)", "lost_bytes_so_far": "\(lost)"]
            )
        }
    }
}
