// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("The ledger against a player of its own, on random schedules")
struct LedgerPropertyTests {
    /// One random call: bursts, single frames, pauses, clears, with a mark every so often.
    private struct Schedule {
        var ledger = PlaybackLedger(sampleRate: 8_000)
        var player: Player
        var random: Seeded
        var now: Int64 = 0
        /// Both accounts at the last flush, from which one utterance counts.
        var ledgerBase: Int64 = 0
        var playerBase: Int64 = 0
        var flushErrors: [Int64] = []
        var suspects = 0

        var instant: CallInstant { CallInstant(nanoseconds: now) }

        mutating func pass(_ nanoseconds: Int64) {
            let end = now + nanoseconds
            while let due = player.nextAnswer, due <= end {
                now = max(now, due)
                if ledger.receive(mark: player.takeAnswer(), at: instant) == .suspect { suspects += 1 }
            }
            now = end
        }

        mutating func step() {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<14:
                // The pacer: frames as long as they lie within the lead.
                for _ in 0..<Int.random(in: 1...10, using: &random) {
                    guard ledger.earliestEnd.nanoseconds < now + 180_000_000 else { break }
                    ledger.write(160, continues: true, at: instant)
                    player.give(160, at: now)
                    if .random(in: 0..<4, using: &random) == 0 { player.mark(ledger.mark(), at: now) }
                }
                pass(.random(in: 0...40_000_000, using: &random))
            case 14..<17: pass(.random(in: 0...300_000_000, using: &random))
            case 17: pass(.random(in: 0...2_000_000_000, using: &random))
            default: flush()
            }
        }

        mutating func flush() {
            let truth = player.heard(at: now) - playerBase
            let estimate = ledger.flush(at: instant) - ledgerBase
            flushErrors.append(abs(truth - estimate))
            player.clear(at: now)
            ledgerBase = ledger.kept
            playerBase = player.heard(at: now)
        }
    }

    @Test(
        "with honest marks an interruption is told to one frame once a mark came, on the clock within the delay",
        arguments: Player.Marks.allCases,
        [0, 20, 60]
    )
    func interruptions(mode: Player.Marks, delay: Int) {
        for seed in 0..<12 {
            let player = Player(rate: 8_000, delay: Int64(delay) * 1_000_000, mode: mode)
            var schedule = Schedule(player: player, random: Seeded(seed * 1_000 + delay))
            for _ in 0..<300 { schedule.step() }
            // 60 ms are 480 samples.
            #expect(schedule.flushErrors.max() ?? 0 <= Int64(delay * 8), "seed \(seed)")
            if mode == .echo { #expect(schedule.suspects > 0) } else { #expect(schedule.suspects == 0, "seed \(seed)") }
        }
    }

    @Test(
        "what was heard lies between the bounds, and nothing is above what was sent",
        arguments: Player.Marks.allCases,
        [0, 60, 200]
    )
    func bounds(mode: Player.Marks, delay: Int) {
        for seed in 0..<12 {
            let player = Player(rate: 8_000, delay: Int64(delay) * 1_000_000, mode: mode)
            var schedule = Schedule(player: player, random: Seeded(seed * 1_000 + delay + 7))
            for _ in 0..<300 {
                schedule.step()
                let truth = schedule.player.heard(at: schedule.now)
                let (low, estimate, high) = schedule.ledger.reading.heardSamples(at: schedule.instant)
                // An echoed mark that could be honest on a platform without delay is not told from one that is.
                let deceived: Int64 = mode == .echo ? Int64(delay * 8) : 0
                #expect(low - deceived <= truth && truth <= high, "seed \(seed): \(low) \(truth) \(high)")
                #expect(low <= estimate && estimate <= high && high <= schedule.player.given, "seed \(seed)")
            }
        }
    }

    @Test("honest marks bring the estimate to a frame of the truth whatever the delay", arguments: [0, 60, 200, 600])
    func marked(delay: Int) {
        var ledger = PlaybackLedger(sampleRate: 8_000)
        var player = Player(rate: 8_000, delay: Int64(delay) * 1_000_000, mode: .honest)
        var worst: Int64 = 0
        for step in 0..<500 {
            let now = Int64(step) * 20_000_000
            while let due = player.nextAnswer, due <= now {
                _ = ledger.receive(mark: player.takeAnswer(), at: CallInstant(nanoseconds: due))
            }
            ledger.write(160, continues: step > 0, at: CallInstant(nanoseconds: now))
            player.give(160, at: now)
            if step % 10 == 9 { player.mark(ledger.mark(), at: now) }
            guard ledger.reading.confidence == .mark else { continue }
            let estimate = ledger.reading.heardSamples(at: CallInstant(nanoseconds: now)).estimate
            worst = max(worst, abs(estimate - player.heard(at: now)))
        }
        #expect(ledger.reading.confidence == .mark)
        #expect(worst <= 160)
    }
}
