// SPDX-License-Identifier: Apache-2.0

/// Tells when the caller begins and ends to speak, by energy over an adaptive noise floor.
///
/// Works on frames of 20 ms whatever the chunks are. The floor follows the quietest the line gets: down at once, up slowly.
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

    private let frameSamples: Int
    private let debounceFrames: Int
    private var sum: Float = 0
    private var count = 0
    private var floor: Float = 2_000
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

    private mutating func decide(_ power: Float, isGuarded: Bool) -> Change? {
        if power < floor {
            floor = max(16, power)
        } else {
            // Half a decibel a second while there is speech, twenty while there is none.
            floor *= isSpeaking || loud > 0 ? 1.0023 : 1.096
            floor = min(floor, power)
        }
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
