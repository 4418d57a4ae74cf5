// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What stands between a call and a service that talks in its place, on the call's own event loop: caller audio goes on as
/// the wire has it, and what the service says is played, without a task between.
///
/// A relay is made on the loop by `Call.attach(relay:)` and called there only. It may neither block nor wait; it acts on
/// the call through its ``RelayLink``, at any time on the loop. The last thing it is told is ``Call/Event/ended(_:)``, with
/// which it lets go of everything it opened.
package protocol CallRelay: AnyObject {
    /// Begins; called once, before anything else.
    func begin(at now: CallInstant)
    /// Takes caller audio as bytes of the wire's format, from the call's first on (2 s are kept until a relay is there).
    func receive(media bytes: Span<UInt8>, at now: CallInstant)
    /// Takes what happens on the call.
    ///
    /// Every utterance of the relay's is told to have ended, also one of which nothing was sent.
    func receive(_ event: Call.Event, at now: CallInstant)
    /// Takes a message of the bot's task.
    func receive(message: any Sendable, at now: CallInstant)
    /// When ``advance(at:)`` is due; nil when only others can change that.
    var nextDeadline: CallInstant? { get }
    /// Does what is due.
    func advance(at now: CallInstant)
}

/// A bot whose calls are carried by a ``CallRelay``: caller audio is kept for it as the wire has it.
package protocol RelayingHandler: ConversationHandler {}

extension Call {
    /// Puts a relay beside the call; one per call.
    ///
    /// `make` runs on the call's event loop.
    package func attach(relay make: @escaping @Sendable (any RelayLink) -> any CallRelay) {
        port.submit(.attachRelay(make))
    }

    /// Hands the relay a message, in order with everything else that is asked of the call.
    package func tellRelay(_ message: some Sendable) { port.submit(.tellRelay(message)) }
}
