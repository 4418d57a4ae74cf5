// SPDX-License-Identifier: Apache-2.0

/// How a call that is up stands at one moment.
package struct CallSnapshot: Sendable, Equatable {
    /// Whether it is being hung up, transferred or closed.
    package var isLeaving: Bool
    /// Since its socket was opened.
    package var duration: Duration
    /// Caller audio received, in samples of the wire.
    package var samplesReceived: Int64
    /// Audio sent to the platform, in samples of the wire.
    package var samplesSent: Int64
    /// Audio that the caller heard, in samples of the wire, by the ledger.
    package var samplesHeard: Int64
    /// The wire's rate toward the platform, in samples a second.
    package var wireRate: Int
    /// Audio that waits to be sent.
    package var queued: Duration
    /// How often playback ran dry inside an utterance.
    package var underruns: Int
    /// How often audio was taken back.
    package var interruptions: Int
    /// Digits received; how many, not which.
    package var digits: Int
    /// Messages that could not be understood.
    package var malformedMessages: Int
}
