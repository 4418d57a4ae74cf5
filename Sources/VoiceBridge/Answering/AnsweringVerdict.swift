// SPDX-License-Identifier: Apache-2.0

/// Who answered a call, as far as can be heard, and how sure that is.
///
/// The bot decides what to make of it.
public struct AnsweringVerdict: Sendable, Equatable {
    /// Who answered.
    public enum Answerer: String, Sendable {
        /// Somebody who waits for an answer.
        case human
        /// An answering machine, a mailbox, or the network itself.
        case machine
        /// It cannot be told, or not yet.
        case unknown
    }

    /// What was heard.
    public enum Evidence: Sendable, Equatable {
        /// A greeting of this length, and then the silence of somebody who waits.
        case silenceAfterGreeting(Duration)
        /// A greeting that had lasted so long and went on.
        case longGreeting(Duration)
        /// Nothing was said; a verdict may follow when something is.
        case nobodySpoke
        /// A key was pressed.
        case key
        /// No key was pressed in this round, of 1 and more; ask again.
        case noKeyYet(round: Int)
        /// No key was pressed in any round.
        case noKey
        /// The beep after which a machine records, of so many hertz: a message may be left now.
        case beep(hertz: Int)
        /// The network's three tones before an announcement: the number cannot be reached.
        case specialInformation
    }

    /// Who answered.
    public let answerer: Answerer
    /// How sure that is, 0.5–1.
    public let confidence: Double
    /// What was heard.
    public let evidence: Evidence
    /// When, counted from the beginning of the caller's audio without the time in which the caller heard the bot.
    public let after: Duration

    package init(answerer: Answerer, confidence: Double, evidence: Evidence, after: Duration) {
        self.answerer = answerer
        self.confidence = confidence
        self.evidence = evidence
        self.after = after
    }
}
