// SPDX-License-Identifier: Apache-2.0

import Bots
import Synchronization
import VoiceBridgeTesting

/// The time of a pipeline under test: it passes when the driver of the call says so.
final class VirtualPipelineClock: Sendable {
    private struct Sleeper {
        var due: Duration
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var now = Duration.zero
        var sleepers: [UInt64: Sleeper] = [:]
        var next: UInt64 = 0
    }

    private let state = Mutex(State())

    var clock: PipelineClock { PipelineClock(now: { self.now }, sleep: { try await self.sleep($0) }) }
    var now: Duration { state.withLock { $0.now } }
    /// When the next sleeper wakes.
    var nextDeadline: Duration? { state.withLock { $0.sleepers.values.map(\.due).min() } }

    func sleep(_ duration: Duration) async throws {
        let number = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        let isDue = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                let isCancelled = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.sleepers[number] = Sleeper(due: state.now + duration, continuation: continuation)
                    return false
                }
                if isCancelled { continuation.resume(returning: false) }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.continuation.resume(returning: false)
        }
        guard isDue else { throw CancellationError() }
    }

    func advance(to time: Duration) {
        let due = state.withLock { state in
            state.now = max(state.now, time)
            let due = state.sleepers.filter { $0.value.due <= time }.sorted {
                ($0.value.due, $0.key) < ($1.value.due, $1.key)
            }
            for (number, _) in due { state.sleepers.removeValue(forKey: number) }
            return due.map(\.value.continuation)
        }
        for continuation in due { continuation.resume(returning: true) }
    }
}

/// A virtual call's server whose bot has a clock beside the call's.
struct ClockedBridge: VirtualServer {
    let bridge: VirtualBridge
    let clock: VirtualPipelineClock

    func receive(text: String, at now: Duration) {
        clock.advance(to: now)
        bridge.receive(text: text, at: now)
    }

    func receive(binary: [UInt8], at now: Duration) {
        clock.advance(to: now)
        bridge.receive(binary: binary, at: now)
    }

    func receiveClose(code: UInt16?, at now: Duration) {
        clock.advance(to: now)
        bridge.receiveClose(code: code, at: now)
    }

    var nextDeadline: Duration? { [bridge.nextDeadline, clock.nextDeadline].compactMap { $0 }.min() }

    func advance(to now: Duration) {
        clock.advance(to: now)
        bridge.advance(to: now)
    }

    func nextOutput() -> VirtualServerOutput? { bridge.nextOutput() }
}
