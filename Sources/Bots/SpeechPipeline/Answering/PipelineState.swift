// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VoiceBridge

/// What the answers of one call share.
final class PipelineState: Sendable {
    private struct State {
        var conversation: SpokenConversation
        var failures = 0
    }

    let call: Call
    let parts: PipelineParts
    /// Set when the pipeline is done with the call: nil when all went well.
    let finished = OneShot<SpeechPipelineError?>()
    private let state: Mutex<State>

    init(call: Call, parts: PipelineParts) {
        self.call = call
        self.parts = parts
        state = Mutex(State(conversation: SpokenConversation(start: call.start)))
    }

    /// What was said so far.
    var conversation: SpokenConversation { state.withLock { $0.conversation } }

    /// Remembers what the caller said.
    func heard(_ text: String) {
        state.withLock { $0.conversation.append(.init(.caller, text)) }
        report(.heard(text))
    }

    /// Remembers what the caller heard.
    func said(_ text: String, isCutOff: Bool) {
        guard !text.isEmpty else { return }
        state.withLock { $0.conversation.append(.init(.bot, text, isCutOff: isCutOff)) }
        report(.said(text, isCutOff: isCutOff))
    }

    /// A turn went well.
    func succeeded() { state.withLock { $0.failures = 0 } }

    /// A turn failed; false when it was one too many.
    func failed(_ error: SpeechPipelineError) -> Bool {
        report(.failed(error))
        let failures = state.withLock { state in
            state.failures += 1
            return state.failures
        }
        guard failures >= parts.settings.maximumFailures else { return true }
        finished.set(error)
        return false
    }

    func report(_ kind: SpeechPipelineEvent.Kind) {
        parts.settings.report?(SpeechPipelineEvent(call: call.id, kind: kind))
    }
}
