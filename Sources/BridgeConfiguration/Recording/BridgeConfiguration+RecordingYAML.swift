// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

extension BridgeConfiguration {
    /// Writes `recording`.
    func write(_ recording: RecordingConfiguration) -> (inout YAMLWriter) -> Void {
        { writer in
            if let folder = recording.folder {
                writer.string("folder", folder)
            } else {
                writer.plain("folder", "off")
            }
            writer.plain("format", recording.format.rawValue)
            writer.duration("buffer", recording.buffer)
            writer.plain("keep_days", recording.keepDays)
            writer.plain("keep_bytes", recording.keepBytes.map(ByteCountText.write) ?? "off")
            if recording.encryptionKey != nil { writer.secret("encryption_key") }
        }
    }

    /// Writes `recording` of a route.
    func write(_ recording: RouteRecording) -> (inout YAMLWriter) -> Void {
        { writer in
            writer.plain("when", recording.isRecorded ? "always" : "never")
            writer.plain("consent", recording.consent.word)
            if case .prompt(let file) = recording.consent { writer.string("consent_prompt", file) }
            writer.plain("pause_for_digits", recording.pausesForDigits)
        }
    }
}
