// SPDX-License-Identifier: Apache-2.0
import Synchronization
import VoiceBridge

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Speaks all the time and notes when it learns of a key.
struct TalkingBot: ConversationHandler {
    let audioFormat = AudioFormat.linear8kHz
    let measures: Measures

    func converse(on call: Call) async throws {
        let speech = Prompt(.tone(frequency: 400, duration: .seconds(120), level: -20))
        async let _ = call.play(speech, interruption: .protected)
        for await event in call.events {
            if case .digit = event { measures.told(of: call.start.from ?? "") }
        }
    }
}

/// Computes without a pause each time the gate opens: for two seconds of CPU, or until it closes.
struct SpinningBot: ConversationHandler {
    let audioFormat = AudioFormat.linear8kHz
    let rounds: Rounds

    func converse(on call: Call) async throws {
        var seen = 0
        while !call.hasEnded {
            let round = rounds.number
            guard round > seen else {
                try await Task.sleep(for: .milliseconds(10))
                continue
            }
            seen = round
            let end = Self.cpuTime() + 2_000_000_000
            var value: UInt64 = 1
            while rounds.isGreedy ? rounds.isOpen : Self.cpuTime() < end {
                for _ in 0..<10_000 { value = value &* 6_364_136_223_846_793_005 &+ 1 }
            }
            rounds.done(value)
        }
    }

    private static func cpuTime() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension Call {
    fileprivate var hasEnded: Bool { endReason != nil }
}

/// When bots spin, and how many have.
final class Rounds: Sendable {
    /// Whether bots go on until the gate is closed.
    let isGreedy: Bool
    private let state = Mutex((number: 0, done: 0, sum: UInt64(0)))
    private let open = Atomic(false)
    private let pours = Atomic(0)

    init(isGreedy: Bool) { self.isGreedy = isGreedy }

    /// Whether a round is under way.
    var isOpen: Bool { open.load(ordering: .relaxed) }
    /// Seconds of audio that were poured into sockets.
    var pouredSeconds: Int { pours.load(ordering: .relaxed) }

    var number: Int { state.withLock(\.number) }
    var doneCount: Int { state.withLock(\.done) }
    func begin() {
        state.withLock { $0 = ($0.number + 1, 0, $0.sum) }
        open.store(true, ordering: .relaxed)
    }
    func end() { open.store(false, ordering: .relaxed) }
    func poured() { pours.add(1, ordering: .relaxed) }
    func done(_ value: UInt64) { state.withLock { $0 = ($0.number, $0.done + 1, $0.sum ^ value) } }
}
