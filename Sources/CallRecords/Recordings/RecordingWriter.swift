// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import Foundation
import Logging
import Synchronization

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The threads that write recordings, each with calls of its own: it looks after their taps four times a second.
///
/// One thread suffices for samples. Encoding costs a hundred times as much, so there are as many as processors then, and each
/// gives way to everything else.
final class RecordingWriter: Sendable {
    /// How often taps are looked after, in milliseconds.
    private static let interval = 250
    /// How long a recording of a call that is over is tried again.
    private static let patience: Duration = .seconds(60)

    private struct State {
        var arrivals: [[RecordingArrival]]
        /// Calls of each thread.
        var live: [Int]
        /// Threads whose disk takes nothing.
        var troubled: Set<Int> = []
        var counters = Recordings.Counters()
        var isClosed = false
    }

    private let folder: String
    private let format: RecordingFormat
    private let key: [UInt8]?
    private let logger: Logger
    private let threads: Int
    private let state: Mutex<State>
    private let closing = SteadySemaphore()
    private let ended = SteadySemaphore()

    init(folder: String, format: RecordingFormat, key: [UInt8]?, logger: Logger) {
        threads = format == .opus ? max(1, ProcessInfo.processInfo.activeProcessorCount) : 1
        state = Mutex(State(arrivals: Array(repeating: [], count: threads), live: Array(repeating: 0, count: threads)))
        self.folder = folder
        self.format = format
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

    /// Adds a call that has a place, to the thread that has the fewest.
    func add(_ arrival: RecordingArrival) {
        state.withLock { state in
            let thread = state.live.indices.min { state.live[$0] < state.live[$1] } ?? 0
            state.live[thread] += 1
            state.arrivals[thread].append(arrival)
        }
    }

    /// Starts the threads.
    func start() {
        for number in 0..<threads {
            let thread = Thread { [self] in
                if format == .opus { Self.giveWay() }
                run(number)
                ended.signal()
            }
            thread.name = threads == 1 ? "recordings" : "recordings-\(number)"
            thread.start()
        }
    }

    /// Has this thread alone, as Linux does it, run after others.
    private static func giveWay() {
        #if canImport(Musl)
        _ = setpriority(PRIO_PROCESS, 0, 5)
        #else
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
        #endif
    }

    /// Ends when every recording is complete, blocking; false when they are not in time.
    func close(milliseconds: Int) -> Bool {
        state.withLock { $0.isClosed = true }
        for _ in 0..<threads { closing.signal() }
        let limit = RecordTime.monotonicNanoseconds() + Int64(milliseconds) * 1_000_000
        let isEnded = (0..<threads).allSatisfy { _ in
            ended.wait(milliseconds: Int(max(0, limit - RecordTime.monotonicNanoseconds()) / 1_000_000))
        }
        guard isEnded else {
            logger.error("recordings could not be completed before the end", metadata: ["folder": "\(folder)"])
            return false
        }
        for _ in 0..<threads { ended.signal() }
        return true
    }

    private func run(_ thread: Int) {
        var live: [LiveRecording] = []
        while true {
            let (arrivals, isClosed) = state.withLock { state in
                defer { state.arrivals[thread].removeAll(keepingCapacity: true) }
                return (state.arrivals[thread], state.isClosed)
            }
            live += arrivals.map { LiveRecording($0, folder: folder, format: format, key: key) }
            let now = CallInstant(nanoseconds: RecordTime.monotonicNanoseconds())
            live.removeAll { recording in
                let isComplete = recording.work(at: now)
                count(recording)
                let isGivenUp =
                    recording.tap.isOver && recording.trouble.map { now - $0.since > Self.patience } ?? false
                guard isComplete || isGivenUp else { return false }
                finish(recording, of: thread)
                return true
            }
            look(live, of: thread)
            if isClosed, live.isEmpty { return }
            _ = closing.wait(milliseconds: isClosed ? 20 : Self.interval)
        }
    }

    private func count(_ recording: LiveRecording) {
        let (written, lost) = recording.news()
        let hasFailed = recording.trouble != nil
        guard written > 0 || lost > 0 || hasFailed else { return }
        state.withLock { state in
            state.counters.writtenMilliseconds += written
            state.counters.lostBytes += lost
            state.counters.failures += hasFailed ? 1 : 0
        }
    }

    private func finish(_ recording: LiveRecording, of thread: Int) {
        let finished = recording.finish()
        state.withLock { state in
            state.counters.live -= 1
            state.live[thread] -= 1
            guard let finished else { return }
            if finished.isComplete { state.counters.completed += 1 } else { state.counters.givenUp += 1 }
        }
    }

    /// Says once that the disk takes nothing, and once that it does again.
    private func look(_ live: [LiveRecording], of thread: Int) {
        let error = live.lazy.compactMap(\.trouble?.error).first
        let (wasInTrouble, isInTrouble) = state.withLock { state in
            let wasInTrouble = !state.troubled.isEmpty
            if error == nil { state.troubled.remove(thread) } else { state.troubled.insert(thread) }
            state.counters.isInTrouble = !state.troubled.isEmpty
            return (wasInTrouble, state.counters.isInTrouble)
        }
        if let error, !wasInTrouble {
            logger.error(
                "recordings cannot be written; calls go on, and it is tried again: \(error)",
                metadata: ["folder": "\(folder)"]
            )
        } else if !isInTrouble, wasInTrouble {
            logger.notice(
                "recordings are written again",
                metadata: ["folder": "\(folder)", "lost_bytes_so_far": "\(counters.lostBytes)"]
            )
        }
    }
}
