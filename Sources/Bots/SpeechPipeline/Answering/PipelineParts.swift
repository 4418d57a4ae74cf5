// SPDX-License-Identifier: Apache-2.0

import VoiceBridge

/// What all calls of one pipeline share.
struct PipelineParts: Sendable {
    let recognizer: any SpeechRecognizer
    let generator: any ReplyGenerator
    let synthesizer: any SpeechSynthesizer
    let settings: SpeechPipelineSettings
    let clock: PipelineClock
    let apology: Apology
}
