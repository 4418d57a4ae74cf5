// SPDX-License-Identifier: Apache-2.0

extension DTMFDetector {
    /// Follows the tones by one hop.
    mutating func step(_ body: (DTMFEvent) -> Void) {
        let power = bank.powers[(bank.hops &- 1) & (DTMFFilterBank.memory - 1)]
        follow(power, body)
        // Half the amplitude, so that the edges are seen of a tone that is just loud enough.
        guard let pair = Self.strongest(power, atLeast: minimumPower / 4) else { return miss() }
        if pair != candidate {
            challengerRun = pair == challenger ? challengerRun + 1 : 1
            challenger = pair
            // Onsets splash over the band, and noise makes pairs: what was strongest for a moment gives way at once.
            guard candidate == nil || run < 8 || challengerRun >= 8 else { return miss() }
            (candidate, run) = (pair, challengerRun - 1)
        }
        gap = 0
        run += 1
        guard run >= Self.neededPresence - 8, bank.hops >= nextLook, pair != active?.pair, isPure(power, pair) else {
            return
        }
        guard let found = measure(pair) else { return }
        guard isDigit(found) else {
            nextLook = bank.hops + (run < 48 ? 1 : 4)
            return
        }
        if let active { body(event(active.pair, .ended, at: found.start)) }
        active = Active(pair: pair, lowPower: found.lowPower / 16, highPower: found.highPower / 16)
        body(event(pair, .began, at: found.start))
    }

    private mutating func miss() {
        gap += 1
        if gap > Self.bridge { (candidate, run) = (nil, 0) }
    }

    /// Watches the digit that sounds for its end.
    private mutating func follow(_ power: SIMD8<Float>, _ body: (DTMFEvent) -> Void) {
        guard var active else { return }
        let isThere = power[active.pair.low] >= active.lowPower && power[active.pair.high] >= active.highPower
        active.absence = isThere ? 0 : active.absence + 1
        self.active = active
        guard active.absence >= Self.endingAbsence else { return }
        self.active = nil
        consumed = bank.hops - Self.endingAbsence / 2
        (candidate, run) = (nil, 0)
        // The window's middle is where the tone fell to a quarter, a little behind its end.
        body(event(active.pair, .ended, at: bank.hops - Self.endingAbsence - DTMFFilterBank.shortWindow / 2 - 1))
    }

    private static func strongest(_ power: SIMD8<Float>, atLeast minimum: Float) -> Pair? {
        var (low, high) = (0, 4)
        for lane in 1..<4 {
            if power[lane] > power[low] { low = lane }
            if power[lane + 4] > power[high] { high = lane + 4 }
        }
        return power[low] >= minimum && power[high] >= minimum ? Pair(low: low, high: high) : nil
    }
}
