// SPDX-License-Identifier: Apache-2.0

package import CallModel
import CallSession
import Dialects
package import NIOCore
package import VoiceBridge

// The relay beside the call.
extension CallEngine {
    /// Memory for caller audio that comes before the relay, where the bot has one: two seconds of the widest format.
    static func backlog(for bot: any ConversationHandler) -> EarlyMedia? {
        bot is any RelayingHandler ? EarlyMedia(limit: 192_000) : nil
    }

    /// Puts the relay that the bot makes beside the call.
    func attach(_ make: (any RelayLink) -> any CallRelay, at now: CallInstant) {
        guard relay == nil, !path.session.isOver else { return }
        let relay = make(self)
        self.relay = relay
        relay.begin(at: now)
        let kept = path.relayBacklog?.takeAll(atMost: 192_000) ?? []
        path.relayBacklog = nil
        if !kept.isEmpty { relay.receive(media: kept.span, at: now) }
    }

    /// Hands the caller audio that came last to the relay, if there is one.
    func relayMedia(at now: CallInstant) {
        guard let relay else { return }
        // A copy, which shares its memory: the relay acts on the call from within.
        let dialect = path.dialect
        dialect.withMedia { relay.receive(media: $0, at: now) }
    }

    /// Tells the relay of the call's end and lets it go.
    func endRelay(_ reason: EndReason, at now: CallInstant) {
        path.relayBacklog = nil
        relay?.receive(.ended(reason), at: now)
        relay = nil
    }

    /// Does what of a request is the engine's: relays are none of the session's business.
    func carryOutRelaying(_ request: BotRequest, at now: CallInstant) {
        switch request {
        case .attachRelay(let make): attach(make, at: now)
        case .tellRelay(let message): relay?.receive(message: message, at: now)
        default: break
        }
    }
}

extension CallEngine: RelayLink {
    package var now: CallInstant { loop.now }

    package var eventLoop: (any EventLoop)? { loop.eventLoop }

    package func play(_ bytes: Span<UInt8>, in utterance: RelayUtterance) -> Bool {
        path.session.play(bytes, in: utterance, at: now)
    }

    package func finish(_ utterance: PlaybackID) { path.session.finish(relayed: utterance, at: now) }

    package func flush() { path.session.flushRelayed(at: now) }

    package func hangUp(reason: String) { path.session.receive(.hangUp(.afterPlayout, reason: reason), at: now) }

    package func note(_ text: String) { observer.callNoted(id, route: route.path, .bot(text)) }

    package func endTurn() {
        carryOut()
        onTurn?()
    }
}
