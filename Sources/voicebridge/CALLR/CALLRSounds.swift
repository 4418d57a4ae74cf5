// SPDX-License-Identifier: Apache-2.0
import Bots
import Synchronization
import VoiceBridge

/// Sounds of a flow that were made ready to be sent, so that the next call need not wait for them.
///
/// It holds at most one of each that the flow names.
final class CALLRSounds: Sendable {
    private let ready = Mutex<[FlowSound: (prompt: Prompt, base64: String)]>([:])

    /// A sound as CALLR takes it; nil when it has no samples.
    func base64(_ sound: FlowSound, _ prompt: Prompt) -> String? {
        if let known = ready.withLock({ $0[sound] }), known.prompt == prompt { return known.base64 }
        guard let base64 = CALLRSound.wav(prompt) else { return nil }
        ready.withLock { $0[sound] = (prompt, base64) }
        return base64
    }
}
