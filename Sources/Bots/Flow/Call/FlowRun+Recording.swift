// SPDX-License-Identifier: Apache-2.0

internal import TelephonyAudio
internal import VoiceBridge

extension FlowRun {
    /// Says what comes first, and keeps what the caller says then.
    func record(_ recording: FlowRecording) async throws -> FlowEvent {
        try await speak(recording.lines, .digitsOnly)
        if recording.beeps { try await call.play(Self.beep, interruption: .protected) }
        call.discardDigits()
        call.discardEvents()
        let samples = await listen(recording)
        call.discardDigits()
        if let reason = call.endReason { throw CallError.ended(reason) }
        try Task.checkCancellation()
        guard !samples.isEmpty, let folder = bot.resources.recordings,
            let audio = AudioChunk(samples: samples, sampleRate: bot.audioFormat.sampleRate)
        else { return .failed("nothing was said") }
        do {
            return .recorded(path: try RecordingFolder(path: folder).write(audio, call: call.start.callID))
        } catch {
            reportFailure("a recording could not be kept: \(error)")
            return .failed("\(error)")
        }
    }

    /// The caller's samples until a key, a silence or the longest time ends them; none when the caller never spoke.
    ///
    /// It listens with a detector of its own: of a caller who speaks already when the recording begins, the call tells no
    /// beginning any more.
    private func listen(_ recording: FlowRecording) async -> [Int16] {
        let format = bot.audioFormat
        let maximum = format.sampleCount(for: recording.maximum)
        let silence = recording.silence.map { format.sampleCount(for: $0) }
        var detector = VoiceActivityDetector(rate: SampleRate(rawValue: format.sampleRate) ?? .hz8000)
        var samples: [Int16] = []
        var (quiet, hasSpoken) = (0, false)
        listening: for await event in call.events {
            switch event {
            case .audio(let chunk):
                samples += chunk.samples.prefix(maximum - samples.count)
                detector.process(chunk.samples.span)
                hasSpoken = hasSpoken || detector.isSpeaking
                quiet = detector.isSpeaking ? 0 : quiet + chunk.sampleCount
                if samples.count >= maximum { break listening }
                if let silence, quiet >= silence { break listening }
            case .digit(let digit, _):
                if recording.terminator.ends(with: digit) { break listening }
            case .ended: break listening
            default: continue
            }
        }
        return hasSpoken ? samples : []
    }

    private static let beep = Prompt(.tone(frequency: 1_000, duration: .milliseconds(200), level: -14))
}
