// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Tells speech from silence and noise on a telephone line, by energy in six bands over an adaptive noise floor.
///
/// It judges frames of 20 ms whatever the chunks are, each from its last 32 ms: a `probability`, a verdict
/// (`isSpeech`) with a short hang-over for the soft ends of words, and turns of speech (`process`, `isSpeaking`) with
/// an onset that clicks do not pass and a hang-over that pauses between words do not break. The floor is learnt in
/// half a second, in which a sound that was there from the first sample begins no turn, and follows noise that
/// grows. While the caller hears the bot (`isGuarded`), whose echo may come
/// back, speech must be louder and last longer to begin.
///
/// Streams of other rates than 8 kHz are converted first by the `Resampler`. Nothing is allocated after `init`.
package struct VoiceActivityDetector: Sendable {
    /// What can be chosen.
    ///
    /// Times are rounded up to frames of 20 ms.
    package struct Options: Equatable, Sendable {
        /// Milliseconds of speech that begin a turn.
        package var onset = 60
        /// The same while guarded.
        package var guardedOnset = 200
        /// Milliseconds of silence that end a turn.
        package var hangOver = 400
        /// Milliseconds for which a frame's verdict outlasts its sound, for the soft ends of words.
        package var verdictHangOver = 120
        /// Decibels by which speech must be louder while guarded.
        package var guardMargin = 6.0
        /// dBFS under which nothing is speech.
        package var minimumLevel = -56.0

        package init() {}
    }

    static let frameSamples = 160
    /// Frames in which the floor is learnt, and how many times its least power so far a sound must have to be speech.
    private static let learningFrames = 30
    private static let rise: Float = 4

    private let options: Options
    private let minimumPower: Float
    private let guardExcess: Float
    private let rateFactor: Double
    private var converter: NarrowbandConverter?
    private var bands = BandPowers(step: frameSamples)
    private var noise = NoiseModel()
    private var verdictHang = 0
    private var loud = 0
    private var quiet = 0
    private var firstLoud = 0
    private var leastPower = Float.greatestFiniteMagnitude

    /// Frames judged.
    package private(set) var frames = 0
    /// How likely it is that the last frame holds speech, 0…1; a half is the threshold.
    package private(set) var probability: Float = 0
    /// Whether the last frame belongs to speech.
    package private(set) var isSpeech = false
    /// Whether a turn of speech is going on.
    package private(set) var isSpeaking = false

    /// A detector for one stream.
    package init(rate: SampleRate = .hz8000, options: Options = Options()) {
        self.options = options
        minimumPower = 32768 * 32768 * pow(10, Float(options.minimumLevel) / 10)
        guardExcess = Float(options.guardMargin) * logf(10) / 10
        rateFactor = Double(rate.rawValue) / 8000
        converter = NarrowbandConverter(from: rate)
    }

    /// The noise floor in dBFS.
    package var noiseLevel: Float { 10 * log10(noise.power) - 90.309 }

    /// Takes the next samples of the stream, any number, and reports each beginning and end of a turn to `body`.
    ///
    /// - Parameters:
    ///   - samples: of the stream.
    ///   - isGuarded: the caller hears the bot.
    ///   - body: called for each event, in order.
    package mutating func process(
        _ samples: Span<Int16>,
        isGuarded: Bool = false,
        _ body: (SpeechEvent) -> Void = { _ in }
    ) {
        guard var converter else { return processNarrowband(samples, isGuarded, body) }
        self.converter = nil
        var start = 0
        while start < samples.count {
            start += converter.convert(samples.extracting(start..<samples.count))
            processNarrowband(converter.buffer.span.extracting(0..<converter.count), isGuarded, body)
        }
        self.converter = converter
    }

    /// Ends the stream: ends a turn that is going on where it was last heard.
    package mutating func finish(_ body: (SpeechEvent) -> Void) {
        guard isSpeaking else { return }
        (isSpeaking, isSpeech, loud) = (false, false, 0)
        body(event(.ended, at: frames - quiet))
    }

    private mutating func processNarrowband(_ samples: Span<Int16>, _ isGuarded: Bool, _ body: (SpeechEvent) -> Void) {
        var taken = 0
        while taken < samples.count {
            taken += bands.take(samples.extracting(taken..<samples.count))
            if bands.isComplete { judge(isGuarded, body) }
        }
    }

    private mutating func judge(_ isGuarded: Bool, _ body: (SpeechEvent) -> Void) {
        let powers = bands.measure()
        noise.observe(powers)
        let isLoudEnough = powers.sum() >= minimumPower * Float(BandPowers.count)
        let isOver = isLoudEnough && noise.excess > noise.threshold
        let goesOn = isLoudEnough && isSpeech && noise.excess > noise.release
        let margin = noise.excess - noise.threshold - (isGuarded ? guardExcess : 0)
        probability = isLoudEnough ? 1 / (1 + exp(-3 * margin)) : 0
        noise.learn(powers, isSpeech: noise.excess > noise.threshold)
        frames += 1
        if isOver {
            verdictHang = (options.verdictHangOver + 19) / 20
        } else if !goesOn {
            verdictHang = max(verdictHang - 1, 0)
        }
        isSpeech = isOver || verdictHang > 0
        let isNoise = isOpeningNoise(powers.sum())
        turn(isOver: isOver && !isNoise && (isSpeaking || margin > 0), goesOn: goesOn && !isNoise, isGuarded, body)
    }

    /// Whether a sound was there from the stream's first frame at the same level: a line that hisses, and no speech.
    private mutating func isOpeningNoise(_ power: Float) -> Bool {
        guard !isSpeaking, frames <= Self.learningFrames else { return false }
        leastPower = min(leastPower, power)
        return power < Self.rise * leastPower
    }

    private mutating func turn(isOver: Bool, goesOn: Bool, _ isGuarded: Bool, _ body: (SpeechEvent) -> Void) {
        if isOver || (isSpeaking && goesOn) {
            if loud == 0 { firstLoud = frames - 1 }
            loud += 1
            quiet = 0
        } else {
            quiet += 1
            // A dip inside a syllable does not begin the count anew.
            if quiet > 2 { loud = 0 }
        }
        if !isSpeaking, quiet == 0, loud * 20 >= (isGuarded ? options.guardedOnset : options.onset) {
            isSpeaking = true
            body(event(.started, at: firstLoud))
        } else if isSpeaking, quiet * 20 >= options.hangOver {
            isSpeaking = false
            loud = 0
            body(event(.ended, at: frames - quiet))
        }
    }

    private func event(_ edge: SpeechEvent.Edge, at frame: Int) -> SpeechEvent {
        func input(_ frames: Int) -> Int { Int((Double(frames * Self.frameSamples) * rateFactor).rounded()) }
        return SpeechEvent(edge: edge, position: input(frames), boundary: input(frame))
    }
}
