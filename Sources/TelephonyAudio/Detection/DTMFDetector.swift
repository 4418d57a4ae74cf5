// SPDX-License-Identifier: Apache-2.0

/// Hears DTMF digits in telephone audio, for callers whose platform sends no digit events.
///
/// It holds every line of the two columns of receiver figures in ITU-T Q.24 that fix an edge (AT&T and NTT):
///
/// | | accepts | refuses |
/// |---|---|---|
/// | frequency, each tone | ±1.8 % | from ±3.0 % |
/// | level, each tone | 0…−38 dBm0 | below −42 dBm0, see `minimumLevel` |
/// | high tone against low | −8…+5 dB | |
/// | duration | 40 ms | 24 ms |
/// | pause between digits | 30 ms | breaks of 10 ms are bridged |
///
/// A digit is reported at most 40 ms after the first sample of its tone: 37 ms when the line is clean. Noise 12 dB
/// below the two tones does no harm. What else is in the band while a digit sounds must stay about 8 dB below it.
///
/// **Method.** Hops of 1 ms are correlated with the eight frequencies. A Hann window of 12 ms follows the tones'
/// envelopes, whose width at half amplitude is the tone's duration whatever its level. Once a pair has lasted 30 ms,
/// longer windows over the same sums measure it: each tone's frequency by its turn of phase, both amplitudes, and what
/// share of all energy they are. Speech fails by that share.
///
/// The detector works at 8 kHz; streams of the other rates of `SampleRate` are converted first by the `Resampler`,
/// which costs its price and up to 1 ms of delay. Nothing is allocated after `init`.
package struct DTMFDetector: Sendable {
    /// Hops of presence that make a digit.
    static let neededPresence = 30
    /// Hops of absence that end one: more than a break, less than a pause.
    static let endingAbsence = 19
    /// Presence is bridged over this many hops.
    static let bridge = 13
    /// All sixteen, row by row.
    static let digits = "123A456B789C*0#D".compactMap { DTMFKey($0) }

    /// A pair of lanes of the bank.
    struct Pair: Equatable, Sendable {
        var low: Int
        var high: Int
        var digit: Int { low * 4 + high - 4 }
    }

    /// The digit that sounds, and the squared amplitudes below which it is silent.
    struct Active: Sendable {
        var pair: Pair
        var lowPower: Float
        var highPower: Float
        /// Hops of silence so far.
        var absence = 0
    }

    let digits: [DTMFKey]
    /// Squared amplitude each tone must have.
    let minimumPower: Float
    var bank = DTMFFilterBank()
    var converter: NarrowbandConverter?
    private let rateFactor: Double
    /// The pair that is strongest now, for how many hops, and for how many it has been gone.
    private var candidate: Pair?
    private var run = 0
    private var gap = 0
    /// The same of a pair that would take its place.
    private var challenger: Pair?
    private var challengerRun = 0
    /// No second look before this hop.
    private var nextLook = 0
    /// Hops up to here belong to a digit that was reported.
    var consumed = 0
    private var active: Active?

    /// A detector for one stream.
    ///
    /// - Parameters:
    ///   - rate: of the stream.
    ///   - minimumLevel: of each tone, in dBm0 (a full-scale sine is +3.14), −60…0. The default suits AT&T's column
    ///     (accept to −25, refuse below −55); −27 suits NTT's as well (refuse below −29).
    package init(rate: SampleRate = .hz8000, minimumLevel: Double = -40) {
        digits = Self.digits
        let amplitude = DTMFMeasure.amplitude(dBm0: min(max(minimumLevel, -60), 0))
        minimumPower = amplitude * amplitude
        rateFactor = Double(rate.rawValue) / 8000
        converter = NarrowbandConverter(from: rate)
    }

    /// The digit that sounds now.
    package var sounding: DTMFKey? { active.map { digits[$0.pair.digit] } }

    /// Takes the next samples of the stream, any number, and reports each digit's ends to `body` in order.
    ///
    /// The events and their positions are the same for any chunking.
    package mutating func process(_ samples: Span<Int16>, _ body: (DTMFEvent) -> Void) {
        guard var converter else { return processNarrowband(samples, body) }
        self.converter = nil
        var start = 0
        while start < samples.count {
            start += converter.convert(samples.extracting(start..<samples.count))
            processNarrowband(converter.buffer.span.extracting(0..<converter.count), body)
        }
        self.converter = converter
    }

    private mutating func processNarrowband(_ samples: Span<Int16>, _ body: (DTMFEvent) -> Void) {
        var start = 0
        var isHopComplete = false
        while start < samples.count {
            start += bank.take(samples, from: start, isHopComplete: &isHopComplete)
            if isHopComplete { step(body) }
        }
    }

    private func event(_ pair: Pair, _ edge: DTMFEvent.Edge, at hop: Int) -> DTMFEvent {
        func input(_ hops: Int) -> Int { Int((Double(hops * DTMFFilterBank.hopSamples) * rateFactor).rounded()) }
        return DTMFEvent(digit: digits[pair.digit], edge: edge, position: input(bank.hops), toneEdge: input(hop))
    }

    private mutating func step(_ body: (DTMFEvent) -> Void) {
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
