// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VoiceBridge

// Short sounds of a caller while the bot speaks: a cough, an "uh-huh", or a word that is meant.
extension Answer {
    /// The call took what the caller said for no speech, and lets the bot go on: only words can tell that it was some.
    func doubt() {
        let transcript = state.withLock { state in
            state.isDoubtful = true
            return state.transcript
        }
        if let transcript { decide(isMeant: parts.settings.isMeant(transcript)) }
    }

    /// What is meant stops what the bot is saying; nothing else is answered.
    func decide(isMeant: Bool) {
        guard isMeant else { return abandon() }
        var earlier = previous
        while let answer = earlier {
            if answer.policy ?? .allowed == .allowed { answer.stop() }
            earlier = answer.previous
        }
    }
}
