// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// What a flow's surroundings do next.
///
/// Each says which ``FlowEvent`` is its answer.
package enum FlowAction: Sendable, Equatable {
    /// Speak, and wait until it was heard or stopped: ``FlowEvent/done``.
    case speak(FlowLine, InterruptionPolicy)
    /// Speak and take keys: ``FlowEvent/digits(_:)``.
    case collect(FlowCollection)
    /// Speak and record: ``FlowEvent/recorded(path:)`` or ``FlowEvent/failed(_:)``.
    case record(FlowRecording)
    /// Tell who answered: ``FlowEvent/detected(_:)``, or ``FlowEvent/failed(_:)`` when that cannot be told.
    case detect(FlowDetection)
    /// Put a sound behind the conversation, nil for none any more: ``FlowEvent/done``.
    case background(FlowBackground?)
    /// Ask over HTTP: ``FlowEvent/answered(_:)`` or ``FlowEvent/failed(_:)``.
    case request(FlowHTTPRequest)
    /// Send a text message: ``FlowEvent/sent(id:)`` or ``FlowEvent/failed(_:)``.
    case send(FlowTextMessage)
    /// Connect the caller elsewhere: nothing when that was taken, ``FlowEvent/failed(_:)`` else.
    case transfer(TransferTarget)
    /// Let another bot go on; the flow is over.
    case handOver(FlowHandOver)
    /// End the call once everything was heard; the flow is over.
    case hangUp
    /// The flow cannot go on: what is wrong, and what to do; it is over.
    case fail(String)
}

/// What became of a ``FlowAction``.
package enum FlowEvent: Sendable, Equatable {
    /// The call is there: the first of all.
    case begin
    /// It was spoken.
    case done
    /// These keys came, the terminator not among them; empty when none came in time.
    case digits(String)
    /// The recording is in this file.
    case recorded(path: String)
    /// So much is known of who answered.
    case detected(FlowAnswerer)
    /// An answer came.
    case answered(FlowHTTPAnswer)
    /// A message was accepted, under this id.
    case sent(id: String)
    /// It did not work: why, in a few words.
    case failed(String)
}

/// One utterance, variables filled in.
package struct FlowLine: Sendable, Equatable {
    /// What is said, if it has words.
    package var text: String?
    /// What is played for it; nil when a synthesizer says the text.
    package var sound: FlowSound?
    /// The language; nil for the synthesizer's own.
    package var language: String?

    /// A line.
    package init(text: String?, sound: FlowSound? = nil, language: String? = nil) {
        self.text = text
        self.sound = sound
        self.language = language
    }
}

/// Lines to say, and the keys to wait for behind them.
package struct FlowCollection: Sendable, Equatable {
    /// What is said, in order.
    package var lines: [FlowLine]
    /// What of the caller's may stop them; what stops one of them stops those behind it too.
    package var interruption: InterruptionPolicy
    /// Whether keys pressed before are thrown away first.
    package var discardsEarlier: Bool
    /// The most keys to take, 1…20.
    package var count: Int
    /// The key that ends the collection and is not part of it.
    package var terminator: DTMFDigit?
    /// How long the first key is waited for, once all was heard.
    package var firstDigitTimeout: Duration
    /// How long each further key is waited for.
    package var interDigitTimeout: Duration
}

/// Lines to say, and what to record behind them.
package struct FlowRecording: Sendable, Equatable {
    /// What is said first.
    package var lines: [FlowLine]
    /// Whether a tone says that recording begins.
    package var beeps: Bool
    /// Longest recording.
    package var maximum: Duration
    /// How long the caller must be silent for the recording to end; nil for never.
    package var silence: Duration?
    /// Keys that end it.
    package var terminator: FlowRecord.Terminator
}

/// How to tell who answered.
package struct FlowDetection: Sendable, Equatable {
    /// What is said before each wait for a key.
    package var lines: [FlowLine]
    /// How it is told.
    package var method: AnsweringMethod
    /// How long a verdict is waited for.
    package var limit: Duration
    /// How long the beep of a machine is waited for; nil for not at all.
    package var beep: Duration?
}
