// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel

extension CALLRFlowSettings {
    /// What CALLR has against a step: it carries no audio, and its commands are fewer than a flow's steps.
    func objection(to step: FlowStep) -> FlowObjection? {
        switch step {
        case .detect, .background:
            return .fault("needs the call's audio, and CALLR carries none; take the step out")
        case .sms where messagesKey == nil:
            return .fault("needs an account for messages; set the receiver's option `messages_key`")
        case .handOver(let handOver): return .fault(Self.needsAudio(handOver.bot))
        case .transfer(let transfer):
            if let objection = objection(to: transfer) { return objection }
        case .record(let record):
            if case .key(let key) = record.terminator, "\(key)" != "#" {
                return .warning("ends with # on CALLR, whose recordings no other key ends")
            }
        default: break
        }
        guard voice == nil, step.utterances.contains(where: { $0.sound == nil && voice(for: $0.language) == nil })
        else {
            return nil
        }
        return .fault("says a text, for which CALLR needs a voice; set the receiver's option `voice`")
    }

    /// Why a bot cannot run, and what to do.
    static func needsAudio(_ bot: String) -> String {
        "bot \(bot.prefixed(toBytes: 64)) needs audio; CALLR carries none: use a flow"
    }

    private func objection(to transfer: FlowTransfer) -> FlowObjection? {
        switch transfer.kind {
        case .phone: nil
        case .phones:
            transfer.strategy == .simultaneous && transfer.destinations.count > 1
                ? .warning("rings one after the other on CALLR, which cannot ring several at once") : nil
        case .extension, .flow, .bot, .sip:
            .warning("leads to `failed` on CALLR, which connects to telephone numbers alone")
        }
    }
}
