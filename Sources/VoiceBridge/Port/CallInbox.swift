// SPDX-License-Identifier: Apache-2.0

package import CallModel
import Synchronization

/// The way from a call to its bot: audio in a bounded ring, control events in a bounded queue, replies by request.
///
/// The call's event loop writes, one bot task reads; both only hold the lock for a few moves.
package final class CallInbox: Sendable {
    /// Most control events that may wait.
    package static let maximumEvents = 256

    struct Entry {
        var event: Call.Event
        /// Audio before this position comes before the event.
        var position: Int64
    }

    struct State {
        var audio: SampleRing
        var events: [Entry] = []
        var eventsHead = 0
        var isListening = false
        var hasEnded = false
        var ending: EndReason?
        var reader: CheckedContinuation<Call.Event?, Never>?
        var readerNumber: UInt64 = 0
        /// Requests that were made and whose answer nobody has taken yet.
        var requests: Set<RequestID> = []
        var replies: [RequestID: CheckedContinuation<BotReply?, Never>] = [:]
        var early: [RequestID: BotReply] = [:]
        var endWaiters: [UInt64: CheckedContinuation<EndReason?, Never>] = [:]
        var credit: Int64
        var creditWaiters: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        var nextNumber: UInt64 = 1
        var reading: LedgerReading?
    }

    let format: AudioFormat
    let state: Mutex<State>

    /// An inbox for one call.
    ///
    /// - Parameters:
    ///   - format: the bot's audio format.
    ///   - audioLimit: most audio that may wait; the oldest beyond is dropped.
    ///   - speechLimit: most audio of streamed speech that may be queued for playback before `say` waits.
    package init(format: AudioFormat, audioLimit: Duration, speechLimit: Duration) {
        self.format = format
        let state = State(
            audio: SampleRing(limit: format.sampleCount(for: audioLimit)),
            credit: speechLimit.wholeNanoseconds
        )
        self.state = Mutex(state)
    }

    /// Audio samples that were dropped because the bot did not take them in time.
    package var droppedSamples: Int64 { state.withLock { $0.audio.dropped } }
}
