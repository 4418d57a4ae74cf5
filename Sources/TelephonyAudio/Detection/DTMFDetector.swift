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
    var candidate: Pair?
    var run = 0
    var gap = 0
    /// The same of a pair that would take its place.
    var challenger: Pair?
    var challengerRun = 0
    /// No second look before this hop.
    var nextLook = 0
    /// Hops up to here belong to a digit that was reported.
    var consumed = 0
    var active: Active?

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

    func event(_ pair: Pair, _ edge: DTMFEvent.Edge, at hop: Int) -> DTMFEvent {
        func input(_ hops: Int) -> Int { Int((Double(hops * DTMFFilterBank.hopSamples) * rateFactor).rounded()) }
        return DTMFEvent(digit: digits[pair.digit], edge: edge, position: input(bank.hops), toneEdge: input(hop))
    }
}
