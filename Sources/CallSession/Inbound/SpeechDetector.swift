// SPDX-License-Identifier: Apache-2.0

/// Tells when the caller begins and ends to speak, by energy over an adaptive noise floor.
///
/// Works on frames of 20 ms whatever the chunks are. The floor is the quietest frame of the last 1.5 to 3 s: speech has a rest
/// or a soft sound in that time, noise and tones have not and become the floor themselves.
struct SpeechDetector: Sendable {
    /// What changed.
    enum Change: Sendable, Equatable {
        /// The caller has been speaking for as long as was asked.
        case started
        /// The caller has been silent for the hang-over.
        case ended
    }

    /// A frame counts as speech this far above the floor: 9 dB in power.
    private static let ratio: Float = 7.9
    /// The same while the caller hears the bot, whose echo may come back: 15 dB.
    private static let guardedRatio: Float = 31.6
    /// No frame below this power is speech: −50 dBFS.
    private static let minimumPower: Float = 10_737
    /// Frames of silence that end speech: 400 ms.
    private static let hangOver = 20
    /// Frames of speech that begin it when the bot is silent: 60 ms.
    private static let onset = 3
    /// Frames of one window of the noise floor: 1.5 s.
    private static let window = 75

    private let frameSamples: Int
    private let debounceFrames: Int
    private var sum: Float = 0
    private var count = 0
    /// The quietest frames of the window before and of the present one; the line is quiet until it was heard.
    private var earlierMinimum: Float = 2_000
    private var minimum = Float.infinity
    private var framesInWindow = 0
    private var loud = 0
    private var quiet = 0
    /// Whether the caller is speaking.
    private(set) var isSpeaking = false

    /// A detector for one stream.
    ///
    /// - Parameters:
    ///   - sampleRate: samples per second.
    ///   - debounce: how long speech must last to count while the caller hears the bot.
    init(sampleRate: Int, debounce: Duration) {
        frameSamples = sampleRate / 50
        let milliseconds = debounce.components.seconds * 1_000 + debounce.components.attoseconds / 1_000_000_000_000_000
        debounceFrames = max(Self.onset, Int(milliseconds / 20))
    }

    /// Takes samples and reports each change to `body`; `isGuarded` while the caller hears the bot.
    mutating func process(_ samples: Span<Int16>, isGuarded: Bool, _ body: (Change) -> Void) {
        for index in samples.indices {
            let sample = Float(samples[index])
            sum += sample * sample
            count += 1
            guard count == frameSamples else { continue }
            if let change = decide(sum / Float(frameSamples), isGuarded: isGuarded) { body(change) }
            sum = 0
            count = 0
        }
    }

    /// Ends speech whose audio stopped coming; false when there was none.
    mutating func endSpeech() -> Bool {
        defer {
            isSpeaking = false
            loud = 0
            quiet = 0
        }
        return isSpeaking
    }

    /// Takes the power of a frame into the noise floor and returns the floor.
    private mutating func follow(_ power: Float) -> Float {
        minimum = min(minimum, max(16, power))
        let floor = min(minimum, earlierMinimum)
        framesInWindow += 1
        if framesInWindow == Self.window {
            framesInWindow = 0
            earlierMinimum = minimum
            minimum = .infinity
        }
        return floor
    }

    private mutating func decide(_ power: Float, isGuarded: Bool) -> Change? {
        let floor = follow(power)
        let isLoud = power > Self.minimumPower && power > floor * (isGuarded ? Self.guardedRatio : Self.ratio)
        if isLoud {
            quiet = 0
            loud += 1
            guard !isSpeaking, loud >= (isGuarded ? debounceFrames : Self.onset) else { return nil }
            isSpeaking = true
            return .started
        }
        quiet += 1
        // A dip inside a syllable does not begin the count anew.
        if quiet > 2 { loud = 0 }
        guard isSpeaking, quiet >= Self.hangOver else { return nil }
        isSpeaking = false
        return .ended
    }
}
