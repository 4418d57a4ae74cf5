// SPDX-License-Identifier: Apache-2.0

import CallRecords

extension Recordings.Counters {
    /// Writes what was recorded of calls' audio.
    func write(into text: inout PrometheusText) {
        let live = Double(live)
        text.single("voicebridge_recordings", .gauge, "Recordings that are up, or wait for the disk.", live)
        let completed = Double(completed)
        text.single("voicebridge_recordings_completed_total", .counter, "Recordings that are whole.", completed)
        let written = Double(writtenMilliseconds) / 1_000
        text.single("voicebridge_recordings_written_seconds_total", .counter, "Audio of both sides, written.", written)
        let failures = Double(failures)
        text.single("voicebridge_recordings_failures_total", .counter, "Writes that are tried again.", failures)
        let refused = Double(refused)
        text.single(
            "voicebridge_recordings_refused_total",
            .counter,
            "Calls not recorded: too many recordings wait for the disk.",
            refused
        )
        let lost = Double(lostBytes)
        text.single(
            "voicebridge_recordings_lost_bytes_total",
            .counter,
            "Audio that the disk took too late.",
            lost
        )
        let givenUp = Double(givenUp)
        text.single(
            "voicebridge_recordings_given_up_total",
            .counter,
            "Recordings that the disk did not take to their end.",
            givenUp
        )
        let trouble = isInTrouble ? 1.0 : 0
        text.single("voicebridge_recordings_in_trouble", .gauge, "1 while recordings cannot be written.", trouble)
        let deleted = Double(deleted)
        text.single(
            "voicebridge_recordings_deleted_total",
            .counter,
            "Files that were too old, or too many.",
            deleted
        )
        let mended = Double(mended)
        text.single(
            "voicebridge_recordings_mended_total",
            .counter,
            "Files of runs that died whose lengths were mended.",
            mended
        )
    }
}
