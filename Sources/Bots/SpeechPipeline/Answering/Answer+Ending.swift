// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VoiceBridge

// How an answer ends.
extension Answer {
    /// Stops the answer; what was heard of it until now is remembered.
    func stop() {
        guard ending.set(.stopped) else { return }
        let position = call.heard.position
        let (text, base) = state.withLock { ($0.text, $0.base) }
        guard let base else { return }
        pipeline.said(text.text(heard: position - base), isCutOff: true)
    }

    /// Stops the answer and lets nothing of it have been: the caller was not done.
    func abandon() {
        state.withLock { $0.isAbandoned = true }
        ending.set(.stopped)
        confirmed.open()
    }

    /// Does what is left to do at the end of an answer.
    func settle(_ ending: Ending) async {
        switch ending {
        case .done: pipeline.succeeded()
        case .stopped: if hasBegunToSpeak { call.flush() }
        case .failed(let error):
            _ = try? await confirmed.get()
            let (text, base, isAbandoned) = state.withLock { ($0.text, $0.base, $0.isAbandoned) }
            if base != nil { pipeline.said(text.text, isCutOff: true) }
            guard !isAbandoned, pipeline.failed(error) else { return }
            _ = try? await previous?.ended.get()
            _ = try? await call.play(parts.apology.prompt)
        }
    }
}
