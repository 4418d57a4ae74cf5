// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// One phone call, as its bot sees it.
///
/// A value that may be copied and used from any task of the bot; everything asked through it is carried out in order on the
/// call's own event loop. What the platform cannot do throws at once and says so; once the call is over, everything throws
/// ``CallError`` with its ``CallError/endReason``.
public struct Call: Sendable {
    /// What the platform said when the call began.
    public let start: CallStart
    /// What the bot hears and speaks.
    public let audioFormat: AudioFormat
    /// What the platform's wire can carry.
    public let capabilities: DialectCapabilities

    let recordingOffer: Recording.Offer
    let port: any CallPort
    let inbox: CallInbox

    package init(
        start: CallStart,
        audioFormat: AudioFormat,
        capabilities: DialectCapabilities,
        recording: Recording.Offer = .none,
        port: any CallPort,
        inbox: CallInbox
    ) {
        self.start = start
        self.audioFormat = audioFormat
        self.capabilities = capabilities
        recordingOffer = recording
        self.port = port
        self.inbox = inbox
    }

    /// The call's id.
    public var id: CallID { start.callID }

    /// What happens on the call; iterate it once, for several iterators would share the events among them.
    public var events: Events { Events(inbox: inbox, port: port) }

    /// How much of what was said the caller has heard.
    public var heard: HeardAudio {
        inbox.reading?.heard(at: port.now)
            ?? HeardAudio(position: .zero, low: .zero, high: .zero, confidence: .none)
    }

    /// Why the call ended, once it has.
    public var endReason: EndReason? { inbox.reason }

    /// Runs a stage on every chunk of caller audio, beginning with what was kept since the start of the call.
    public func attach(_ stage: some MediaStage) {
        port.submit(.attach(stage))
    }

    /// Throws away the events that were not taken yet, audio among them, so that the next one is of now.
    ///
    /// The call's end is never thrown away.
    public func discardEvents() {
        inbox.discardEvents()
        port.submit(.discardAudio)
    }

    /// Waits until the call is over.
    ///
    /// - Throws: `CancellationError` when the task is cancelled first.
    /// - Returns: why the call ended.
    @discardableResult
    public func waitUntilEnded() async throws -> EndReason {
        guard let reason = await inbox.awaitEnd() else {
            if let reason = inbox.reason { return reason }
            throw CancellationError()
        }
        return reason
    }

    /// Submits a request and waits for its answer; cancelling the task takes the request back.
    func ask(_ request: (RequestID) -> BotRequest) async throws -> BotReply {
        if let reason = inbox.reason { throw CallError.ended(reason) }
        let id = inbox.makeRequest()
        let port = port
        port.submit(request(id))
        return try await inbox.awaitReply(to: id) { port.submit(.cancel(id)) }
    }
}
