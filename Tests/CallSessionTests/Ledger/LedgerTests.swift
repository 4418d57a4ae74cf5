// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("What the ledger says")
struct LedgerTests {
    private func instant(_ milliseconds: Int64) -> CallInstant { CallInstant(nanoseconds: milliseconds * 1_000_000) }

    @Test("positions follow the clock, and never pass what was sent")
    func clock() {
        var ledger = PlaybackLedger(sampleRate: 8_000)
        #expect(ledger.reading.heard(at: instant(0)).confidence == .none)
        #expect(!ledger.mayHoldUnheard(at: instant(0)))
        ledger.write(1_600, continues: false, at: instant(100))
        #expect(ledger.reading.heardSamples(at: instant(100)).estimate == 0)
        #expect(ledger.reading.heardSamples(at: instant(150)).estimate == 400)
        #expect(ledger.reading.heardSamples(at: instant(10_000)).estimate == 1_600)
        #expect(ledger.reading.heardSamples(at: instant(10_000)).high == 1_600)
        #expect(ledger.reading.heard(at: instant(150)).confidence == .clock)
        #expect(ledger.mayHoldUnheard(at: instant(549)))
        #expect(!ledger.mayHoldUnheard(at: instant(550)))
    }

    @Test("an honest mark corrects the clock by the platform's delay")
    func honestMark() {
        var ledger = PlaybackLedger(sampleRate: 8_000)
        ledger.write(1_600, continues: false, at: instant(0))
        let mark = ledger.mark()
        ledger.write(1_600, continues: true, at: instant(180))
        #expect(ledger.receive(mark: mark, at: instant(260)) == .honest)
        #expect(ledger.reading.heardSamples(at: instant(260)).estimate == 1_600)
        #expect(ledger.reading.heard(at: instant(260)).confidence == .mark)
        #expect(ledger.reading.heardSamples(at: instant(360)).estimate == 2_400)
        #expect(ledger.expectedEnd == instant(460))
    }

    @Test("a mark that comes before its audio can have been played proves nothing, nor does any after it")
    func earlyMark() {
        var ledger = PlaybackLedger(sampleRate: 8_000)
        ledger.write(1_600, continues: false, at: instant(0))
        let first = ledger.mark()
        let second = ledger.mark()
        #expect(ledger.receive(mark: first, at: instant(10)) == .suspect)
        #expect(ledger.receive(mark: second, at: instant(210)) == .suspect)
        #expect(ledger.reading.heardSamples(at: instant(100)).estimate == 800)
        #expect(ledger.reading.confidence == .clock)
    }

    @Test("a mark that comes 2 s late proves that its audio was played, and tells nothing of when")
    func lateMark() {
        var ledger = PlaybackLedger(sampleRate: 8_000)
        ledger.write(1_600, continues: false, at: instant(0))
        let mark = ledger.mark()
        ledger.write(16_000, continues: true, at: instant(180))
        #expect(ledger.receive(mark: mark, at: instant(2_200)) == .late)
        #expect(ledger.reading.confidence == .clock)
        #expect(ledger.reading.heardSamples(at: instant(2_200)).estimate == 17_600)
    }

    @Test("after a flush marks of before prove nothing, names that were never given neither, and a mark counts once")
    func strangeMarks() {
        var ledger = PlaybackLedger(sampleRate: 8_000)
        ledger.write(1_600, continues: false, at: instant(0))
        let old = ledger.mark()
        #expect(ledger.flush(at: instant(50)) == 400)
        #expect(ledger.receive(mark: old, at: instant(51)) == .flushed)
        ledger.write(160, continues: false, at: instant(60))
        let new = ledger.mark()
        #expect(ledger.receive(mark: "x" + new, at: instant(61)) == .unknown)
        for name in ["", "vb", "vb-9-1", "vb--1", "vb-2-99", "vb-2-99999999999999999999", "vb-2-2-", "☎︎"] {
            #expect(ledger.receive(mark: name, at: instant(61)) == .unknown, "\(name)")
        }
        #expect(ledger.receive(mark: new, at: instant(80)) == .honest)
        #expect(ledger.receive(mark: new, at: instant(81)) == .unknown)
        #expect(ledger.kept == 560)
    }

    @Test("a flush twice in a row takes back nothing more, and leaves nothing to clear")
    func flushTwice() {
        var ledger = PlaybackLedger(sampleRate: 8_000)
        ledger.write(1_600, continues: false, at: instant(0))
        #expect(ledger.flush(at: instant(100)) == 800)
        #expect(!ledger.mayHoldUnheard(at: instant(101)))
        #expect(ledger.flush(at: instant(101)) == 800)
        #expect(ledger.drainDeadline(slack: .milliseconds(250)) == nil)
    }

    @Test("marks that are never answered are held to 512")
    func manyMarks() {
        var ledger = PlaybackLedger(sampleRate: 8_000)
        for index in 0..<5_000 {
            ledger.write(160, continues: true, at: instant(Int64(index) * 20))
            _ = ledger.mark()
        }
        #expect(ledger.openMarks == 512)
    }
}
