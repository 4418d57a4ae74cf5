// SPDX-License-Identifier: Apache-2.0
import Bots
import PlatformAPIs
import VoiceBridge

extension CALLRFlowRun {
    /// Says what comes first, and has the platform record the caller; the platform's name of the recording counts as its path.
    func record(_ recording: FlowRecording) async throws -> FlowEvent {
        try await speak(recording.lines)
        if recording.beeps, let wav = CALLRSound.wav(CALLRSound.beep) {
            _ = try await carryOut(.playWAV(base64: wav))
        }
        let result = try await carryOut(
            .record(
                maximumSeconds: min(max(Self.seconds(recording.maximum), 1), 300),
                silenceSeconds: recording.silence.map { min(max(Self.seconds($0), 1), 20) } ?? 0
            )
        )
        if let error = result?.error { reportFailure("CALLR could not record: \(error)") }
        guard let name = result?.text, result?.error == nil, !name.isEmpty else {
            return .failed("nothing was recorded")
        }
        return .recorded(path: name)
    }

    /// Whole seconds, those that have begun counted.
    private static func seconds(_ duration: Duration) -> Int { Int((duration / .seconds(1)).rounded(.up)) }

    /// What the platform says of a number that was not connected (`dialstatus` of its records).
    private static let refusals: Set<String> = ["BUSY", "CANCEL", "CHANUNAVAIL", "CONGESTION", "NOANSWER", "NODIAL"]

    /// Connects the caller; the flow is over when somebody answered, and goes on when nobody did.
    func transfer(to target: TransferTarget) async throws -> FlowEvent? {
        let numbers: [String]
        switch target {
        case .phone(let number): numbers = [number]
        case .phones(let several, _): numbers = several
        case .extension, .flow, .bot, .sip:
            return refused("CALLR connects to telephone numbers, and not to \(target.kind.rawValue)")
        }
        let targets = numbers.compactMap { settings.dialable($0) }
        guard targets.count == numbers.count, !targets.isEmpty else {
            return refused("CALLR dials numbers that begin with +; write it so, or set the receiver's option `country`")
        }
        var dialling = CALLRCommand.Dialling()
        dialling.callerID = settings.callerID
        let command = CALLRCommand.dialOut(
            targets.map { .init($0, timeout: settings.ringSeconds) },
            dialling
        )
        guard let result = try await carryOut(command) else { return .failed("refused") }
        if let error = result.error { return refused(error) }
        if let status = result.text, Self.refusals.contains(status.uppercased()) { return refused(status) }
        return nil
    }

    private func refused(_ why: String) -> FlowEvent {
        reportFailure("the transfer was refused: \(why)")
        return .failed(why)
    }
}
