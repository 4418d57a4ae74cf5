// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallSession

/// Something that happened, under the id by which a receiver knows it again.
struct WebhookEvent: Sendable {
    /// What there is to say about it; made into text only when it is written.
    enum Content: Sendable {
        /// A call's audio began.
        case started(CallFacts)
        /// A platform says that somebody answered.
        case answered(PlatformCallEvent)
        /// The caller pressed a key: it or `*`, and how many there were.
        case digit(CallFacts, String, count: Int)
        /// The caller was sent elsewhere.
        case transfer(CallFacts, TransferTarget, [CallControlOutcome])
        /// The bot threw.
        case botFailed(CallFacts, String)
        /// The call is over.
        case ended(CallFacts, CallSummary, at: Int64)
        /// The call was let go without an end.
        case interrupted(CallFacts, at: Int64)
        /// A recording can be fetched.
        case recording(ReadyRecording)
        /// Its text is there already.
        case told
    }

    /// 128 random bits.
    let id: String
    let type: WebhookEventType
    let callID: CallID
    /// When it happened, in milliseconds since 1970.
    let time: Int64
    let content: Content

    init(_ type: WebhookEventType, _ callID: CallID, at time: Int64, _ content: Content) {
        id = Self.newID()
        self.type = type
        self.callID = callID
        self.time = time
        self.content = content
    }

    /// An id that no other event has: 32 hexadecimal digits from the system's generator.
    static func newID() -> String {
        var generator = SystemRandomNumberGenerator()
        return [generator.next(), generator.next()].map(\.hexadecimal).joined()
    }
}
