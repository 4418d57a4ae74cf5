// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import Dialects
import PlatformAPIs

/// How a flow runs on calls at CALLR.
struct CALLRFlowSettings: Sendable {
    /// The flow's file.
    var file: String
    /// Values that stand over those of the flow's `variables`.
    var variables: [String: String] = [:]
    /// The platform's voice that says texts, such as `TTS_EN-GB_SERENA`; nil when every text has a sound.
    var voice: String?
    /// Voices by language, for texts and flows that name one.
    var voices: [String: String] = [:]
    /// Entries of the platform's library by the sound they stand for: a file as the flow names it, or a built-in prompt.
    var library: [String: Int] = [:]
    /// What the dialled see: E.164 with `+`, or `BLOCKED`.
    var callerID = "BLOCKED"
    /// Seconds each number rings, 5–300.
    var ringSeconds = 30
    /// A key of the account that sends messages; nil when none are sent.
    var messagesKey: Secret?
    /// Who sends messages that name nobody; nil for a short code of the platform.
    var messagesFrom: String?
    /// The country whose national numbers are dialled; nil to dial international ones alone.
    var numbering: NumberingPlan?
    /// Bounds of the receiver.
    var limits = CALLRLimits()

    /// Settings of a flow.
    init(file: String) { self.file = file }

    /// The voice that says a text.
    func voice(for language: String?) -> String? { language.flatMap { voices[$0] } ?? voice }

    /// The entry of the library that is played for a sound; nil when its samples are sent.
    func entry(for sound: FlowSound) -> Int? {
        switch sound {
        case .file(let path): library[path]
        case .prompt(let name): library[name]
        }
    }

    /// A number as the platform dials it; nil when it is none that it can dial.
    func dialable(_ number: String) -> String? {
        guard let text = numbering?.normalized(number) ?? DialableNumber(number)?.text,
            CALLRCommand.isInternational(text)
        else { return nil }
        return text
    }
}
