// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LoadTesting

@Suite("Tone check")
struct ToneCheckTests {
    /// Frames, rates and calls: 10, 20 and 100 ms, 8 to 24 kHz, low tones and high ones.
    static let lines = [
        (8_000, 20, 0), (8_000, 20, 17), (8_000, 10, 3), (16_000, 100, 5), (24_000, 20, 9), (8_000, 100, 801),
    ].map { rate, frame, call in
        ToneLine(frequency: ToneScale.frequency(ofCall: call), sampleRate: rate, frameMilliseconds: frame)
    }

    @Test("finds nothing in an echo, whatever its delay", arguments: lines)
    func clean(line: ToneLine) {
        for delay in [0, 6, 200] {
            var line = line
            line.delay = delay
            #expect(line.findings(line.own(0..<60)) == [])
        }
    }

    @Test("passes a second of silence before the first sound", arguments: lines)
    func lateStart(line: ToneLine) {
        let silence = [(frequency: Int, frame: Int)?](repeating: nil, count: 900 / line.frameMilliseconds)
        #expect(line.findings(silence + line.own(0..<30)) == [])
    }

    @Test("counts frames that are missing", arguments: lines, [1, 2, 3])
    func lost(line: ToneLine, count: Int) {
        #expect(line.findings(line.own(Array(0..<40) + Array(40 + count..<64))) == [.lost(count)])
    }

    @Test("counts frames that come twice", arguments: lines)
    func repeated(line: ToneLine) {
        #expect(line.findings(line.own(Array(0..<40) + Array(39..<60))) == [.repeated(1)])
    }

    @Test("sees two frames that changed places", arguments: lines)
    func swapped(line: ToneLine) {
        var order = Array(0..<62)
        order.swapAt(40, 41)
        #expect(line.findings(line.own(order)) == [.outOfOrder])
    }

    @Test("goes on after a loss as before", arguments: lines)
    func again(line: ToneLine) {
        let order = (0..<170).filter { !$0.isMultiple(of: 50) || $0 == 0 }
        #expect(line.findings(line.own(order)) == [.lost(1), .lost(1), .lost(1)])
    }

    @Test("counts a slip by a part of a frame once, and follows the tone from there", arguments: lines, [1, 37, 101])
    func slips(line: ToneLine, samples: Int) {
        let whole = line.sound(of: line.own(0..<120))
        let cut = whole.count / 2
        let findings = line.findings(in: Array(whole[..<cut] + whole[(cut + samples)...]))
        #expect(findings.count <= 1)
    }

    @Test("claims no place in the call when a server has caught up by leaving pieces out", arguments: lines)
    func caughtUp(line: ToneLine) {
        let rate = line.sampleRate
        let whole = line.sound(of: line.own(0..<6_000 / line.frameMilliseconds))
        // For 1.2 seconds three quarters of every 20 ms are left out.
        var caught = Array(whole[..<rate])
        for piece in 0..<60 {
            let start = rate + piece * rate / 50
            caught += whole[start..<start + rate / 200]
        }
        let beforeEnd = line.check(caught)
        caught += whole[(rate + 60 * rate / 50 + 3)...]
        let (findings, end) = line.check(caught)
        #expect(!end.knowsPlace)
        // It is strange as long as pieces are missing, and followed afterwards.
        #expect(findings.allSatisfy { if case .strange = $0 { true } else { false } })
        #expect(!findings.isEmpty)
        #expect(end.good.count > beforeEnd.end.good.count + 100)
    }

    @Test("knows the place after whole frames were lost, repeated or swapped", arguments: lines)
    func placed(line: ToneLine) {
        var order = Array(0..<40) + Array(42..<80) + Array(79..<120)
        order.swapAt(100, 101)
        #expect(line.check(line.sound(of: line.own(order))).end.knowsPlace)
    }

    @Test("counts silence", arguments: lines)
    func silence(line: ToneLine) {
        let gap = [(frequency: Int, frame: Int)?](repeating: nil, count: 2_000 / line.frameMilliseconds)
        let windows = line.findings(line.own(0..<50) + gap).reduce(0) { sum, finding in
            if case .silence(let count) = finding { return sum + count } else { return sum }
        }
        let expected = gap.count * max(1, line.frameMilliseconds / 20)
        #expect((expected - 30...expected).contains(windows))
    }

    @Test("hands out what is another call's tone, however near", arguments: lines, [1, 2, 7, 300])
    func foreign(line: ToneLine, steps: Int) throws {
        let place = try #require(ToneScale.frequencies.firstIndex(of: line.frequency))
        let other = ToneScale.frequencies[(place + steps) % ToneScale.frequencies.count]
        let findings = line.findings((0..<50).map { (other, $0) })
        let last = findings.last { if case .strange = $0 { true } else { false } }
        guard case .strange(let sound) = last else { Issue.record("\(findings.count) findings, none strange"); return }
        // Neighbours, where one could be taken for the other, and some from everywhere.
        let near = ToneScale.frequencies[max(0, place - 8)..<min(place + 9, ToneScale.frequencies.count)]
        let far = stride(from: 0, to: ToneScale.frequencies.count, by: 100).map { ToneScale.frequencies[$0] }
        let named = ToneScan.strongest(in: sound, of: near + far + [other], sampleRate: line.sampleRate)
        #expect(named?.frequency == other)
    }
}
