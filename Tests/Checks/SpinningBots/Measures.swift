// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Synchronization

/// What is measured while calls run: how late frames of audio come, and how late bots learn of keys.
final class Measures: Sendable {
    /// Nanoseconds of a monotonic clock.
    static var now: Int64 { Int64(NIODeadline.now().uptimeNanoseconds) }

    private struct State: Sendable {
        /// By the caller's number: keys that were sent and not yet told.
        var pressed: [String: [Int64]] = [:]
        var arrivals: [[Int64]] = []
        var keys: [(time: Int64, delay: Int64)] = []
    }

    private let state = Mutex(State())

    func pressed(by caller: String) { state.withLock { $0.pressed[caller, default: []].append(Self.now) } }

    func told(of caller: String) {
        let now = Self.now
        state.withLock { state in
            guard let sent = state.pressed[caller]?.first else { return }
            state.pressed[caller]?.removeFirst()
            state.keys.append((sent, now - sent))
        }
    }

    func ended(with arrivals: [Int64]) { state.withLock { $0.arrivals.append(arrivals) } }

    /// How late frames of 20 ms that came between two times were, against the earliest schedule of their call.
    func lateness(from start: Int64, to end: Int64) -> [Double] {
        state.withLock(\.arrivals).flatMap { arrivals -> [Double] in
            let offsets = arrivals.enumerated().map { $1 - Int64($0) * 20_000_000 }
            guard let origin = offsets.min() else { return [] }
            return zip(arrivals, offsets).filter { (start..<end).contains($0.0) }.map { Double($0.1 - origin) / 1e6 }
        }
    }

    /// How long after keys that were pressed between two times their bots knew, in milliseconds.
    func keyDelays(from start: Int64, to end: Int64) -> [Double] {
        state.withLock(\.keys).filter { (start..<end).contains($0.time) }.map { Double($0.delay) / 1e6 }
    }

    /// Keys of which no bot was told.
    var lostKeys: Int { state.withLock { $0.pressed.values.reduce(0) { $0 + $1.count } } }
}

extension [Double] {
    /// The value under which so much of all lies.
    func quantile(_ part: Double) -> Double {
        let sorted = sorted()
        return sorted.isEmpty ? 0 : sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * part))]
    }
}
