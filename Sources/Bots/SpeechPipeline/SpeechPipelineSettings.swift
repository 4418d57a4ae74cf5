// SPDX-License-Identifier: Apache-2.0

import VoiceBridge

/// The numbers and words a speech pipeline is run by.
public struct SpeechPipelineSettings: Sendable {
    /// How long a caller who fell silent (400 ms of quiet) must stay so to be done; 300 ms unless set.
    public var endOfTurn: Duration = .milliseconds(300)
    /// The longest turn of a caller; what is said beyond is a turn of its own; 30 s unless set.
    public var maximumTurn: Duration = .seconds(30)
    /// How long nobody may say anything before the generator is told; nil for ever; 8 s unless set.
    public var silence: Duration? = .seconds(8)
    /// How long a recognizer may take after the caller's last audio; 5 s unless set.
    public var recognitionTimeout: Duration = .seconds(5)
    /// How long a generator may go without writing; 8 s unless set.
    public var generationTimeout: Duration = .seconds(8)
    /// How long a synthesizer may go without writing; 5 s unless set.
    public var synthesisTimeout: Duration = .seconds(5)
    /// Most characters of one reply; what is beyond is not said; 4,000 unless set.
    public var maximumReply: Int = 4_000
    /// Said when a turn failed.
    public var apology: String = "Sorry, something went wrong. Please say that again."
    /// So many failed turns on end end the call with a failure; 3 unless set.
    public var maximumFailures: Int = 3
    /// Words of assent that mean nothing when they are all that a caller says, shortly, while the bot speaks.
    ///
    /// In lower case, without points and commas.
    public var acknowledgements: Set<String> = [
        "uh-huh", "uh huh", "mhm", "mm-hmm", "mm hmm", "mm", "hm", "hmm", "aha", "ah", "oh", "uh", "um", "ok", "okay",
        "right",
        "i see",
    ]
    /// Is told what happens, on the bot's threads; must return at once.
    public var report: (@Sendable (SpeechPipelineEvent) -> Void)?

    /// The defaults.
    public init() {}

    /// Whether words that came shortly, while the bot spoke, are worth an answer.
    func isMeant(_ transcript: Transcript) -> Bool {
        let words = transcript.text.lowercased().split { !($0.isLetter || $0.isNumber || "-'".contains($0)) }
        return !words.isEmpty && !acknowledgements.contains(words.joined(separator: " "))
    }
}
