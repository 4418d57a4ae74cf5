// SPDX-License-Identifier: Apache-2.0

/// Tells from the first seconds of an answered call whether a human being or a machine is there, and hears the beep.
///
/// **Silence.** Who picks up says a few words and waits; a machine goes on. A silence of `Silence.milliseconds`, as often as
/// `rounds`, behind a greeting is a human being's; a greeting that has lasted for `timeout` and is still spoken is a
/// machine's. A silence that has begun when the time is up is waited for. The longer a greeting, the less sure is the
/// human being.
///
/// **Keys.** The bot asks for a key; one that comes is a human being's. A round without one lasts `Keys.timeout` from the end
/// of the question; after the last round it was a machine.
///
/// Beside either, a beep and the network's special information tones are heard at any time, also behind a verdict: a beep
/// says that a message may be left now.
///
/// Time is counted in samples, and stands still while the bot is heard (`isGuarded`). When no samples come, `pass` lets it go
/// on. The findings are the same for any chunking. Nothing is allocated after `init`.
package struct AnsweringMachineDetector: Sendable {
    /// Numbers of the silence method; the defaults are those of CALLR's voicemail detection.
    package struct Silence: Equatable, Sendable {
        /// Milliseconds of silence that end a greeting, 50…10000.
        package var milliseconds = 1800
        /// How many such silences are wanted, 1…30; they may follow each other.
        package var rounds = 1
        /// Milliseconds, from its first sound, that a human being's greeting lasts at most; 0 waits for ever.
        package var timeout = 3000

        package init() {}
    }

    /// Numbers of the key method; the defaults are those of CALLR's voicemail detection.
    package struct Keys: Equatable, Sendable {
        /// Milliseconds to wait for a key in each round.
        package var timeout = 2000
        /// Rounds, at least one.
        package var rounds = 2

        package init() {}
    }

    /// How to tell.
    package enum Method: Equatable, Sendable {
        case silence(Silence)
        case keys(Keys)
    }

    let method: Method
    let rate: Int
    private var voice: VoiceActivityDetector
    private var beeps: BeepDetector
    /// Samples of the stream so far, and those of them in which the bot was not heard.
    private var heard = 0
    var elapsed = 0
    var greeting = Greeting()
    /// Rounds of the key method that are over, and where the present one began.
    var round = 0
    var roundStart = 0
    var hasToldOfNobody = false
    /// Whether it is settled who answered.
    package internal(set) var isDecided = false

    /// A detector for one answered call.
    package init(_ method: Method = .silence(Silence()), rate: SampleRate = .hz8000) {
        self.method = method
        self.rate = rate.rawValue
        var options = VoiceActivityDetector.Options()
        (options.onset, options.hangOver) = (60, 120)
        voice = VoiceActivityDetector(rate: rate, options: options)
        beeps = BeepDetector(rate: rate)
    }

    /// Takes the next samples of the stream, any number, and reports findings to `body` in order.
    ///
    /// - Parameters:
    ///   - samples: of the other side's audio.
    ///   - isGuarded: the other side hears the bot.
    ///   - body: called for each finding.
    package mutating func process(
        _ samples: Span<Int16>,
        isGuarded: Bool = false,
        _ body: (AnsweringFinding) -> Void
    ) {
        // Steps of 20 ms end where they would in any other chunks.
        let step = rate / 50
        var start = 0
        while start < samples.count {
            let end = min(start + step - heard % step, samples.count)
            take(samples.extracting(start..<end), isGuarded, body)
            start = end
        }
    }

    /// Lets time go on in which no samples came, as silence.
    package mutating func pass(milliseconds: Int, _ body: (AnsweringFinding) -> Void) {
        voice.finish { _ in }
        greeting.speechEnded(at: elapsed)
        elapsed += milliseconds * rate / 1000
        judge(body)
    }

    /// Says that a key was pressed.
    package mutating func press(_ body: (AnsweringFinding) -> Void) {
        guard !isDecided else { return }
        decide(.key, 0.02, body)
    }

    private mutating func take(_ samples: Span<Int16>, _ isGuarded: Bool, _ body: (AnsweringFinding) -> Void) {
        heard += samples.count
        if !isGuarded { elapsed += samples.count }
        // A step completes one frame of either detector's, so that none of theirs is lost.
        var signal: BeepDetector.Signal?
        beeps.process(samples) { signal = $0 }
        if let signal { report(signal, ago: heard - signal.position, body) }
        guard !isDecided else { return }
        var event: SpeechEvent?
        voice.process(samples, isGuarded: isGuarded) { event = $0 }
        if let event {
            let place = max(elapsed - (event.position - event.boundary), 0)
            if event.edge == .started { greeting.speechStarted(at: place) } else { greeting.speechEnded(at: place) }
        }
        judge(body)
    }
}
