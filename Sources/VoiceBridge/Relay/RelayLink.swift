// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

/// A call as its relay sees it: every method acts at once, on the call's event loop.
package protocol RelayLink: AnyObject {
    /// The monotonic clock that the call is timed by.
    var now: CallInstant { get }
    /// The event loop on which the call lives; nil in virtual time.
    var eventLoop: (any EventLoop)? { get }
    /// Appends audio to an utterance, opening it at the queue's end when there is none of its number.
    ///
    /// It is played at once, paced; bytes in the wire's own format go straight through.
    ///
    /// - Returns: false when the call takes no more: it is leaving, its queue is full, or too much of it waits.
    func play(_ bytes: Span<UInt8>, in utterance: RelayUtterance) -> Bool
    /// Says that an utterance is complete; nothing happens when there is none.
    func finish(_ utterance: PlaybackID)
    /// Takes back everything the caller has not heard; the ends of the utterances follow as events.
    func flush()
    /// Hangs up once the caller has heard everything.
    func hangUp(reason: String)
    /// Writes a line to the log; no secrets, no digits.
    func note(_ text: String)
    /// Sends what has gathered; for work that the call did not begin itself, at its end.
    func endTurn()
}

/// One utterance of a relay's.
package struct RelayUtterance: Sendable, Equatable {
    /// Its number, the relay's own choice from 2⁶¹ on.
    package var id: PlaybackID
    /// The format of its bytes.
    package var format: AudioFormat
    /// What of the caller's stops it.
    package var policy: InterruptionPolicy

    /// An utterance.
    package init(id: PlaybackID, format: AudioFormat, policy: InterruptionPolicy) {
        self.id = id
        self.format = format
        self.policy = policy
    }
}
